import type { api, Handlers } from '@iib-kit/contract';

import type { RequestContext } from './context.ts';
import type { Reply } from '../http/reply.ts';
import { organizeToResponse } from './responses/organize-to-response.ts';

export const organize: Handlers<typeof api, RequestContext, Reply>['organize'] = {
  async start(input, { organizer }) {
    const jobId = await organizer.start({
      folders: input.folder_paths,
      destFolder: input.dest_folder ?? input.folder_paths[0] ?? '',
      threshold: input.threshold,
      minClusterSize: input.min_cluster_size,
      lang: input.lang,
      recursive: input.recursive,
      folderNaming: input.folder_naming,
      maxFolderNameLength: input.max_folder_name_length,
      action: input.action,
      handleNoise: input.handle_noise,
      noiseFolderName: input.noise_folder_name,
    });
    return { job_id: jobId };
  },

  async status({ job_id }, { organizer }) {
    return organizeToResponse(await organizer.report(job_id));
  },

  async confirm({ job_id, folder_edits, skip_cluster_ids }, { organizer }) {
    await organizer.confirm(job_id, {
      folderEdits: folder_edits.map((edit) => ({
        clusterId: edit.cluster_id,
        folderName: edit.new_folder_name,
      })),
      skippedIds: skip_cluster_ids,
    });
    return { ok: true, job_id };
  },

  async undo({ job_id }, { organizer }) {
    await organizer.undo(job_id);
    return { ok: true, job_id };
  },
};
