import type { AutoTagRule } from '@iib-kit/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/solid-query';
import type { Accessor } from 'solid-js';

import { useClient } from '../connection/client.ts';
import { queryKeys } from '../connection/query-keys.ts';

export type RuleCondition = AutoTagRule['conditions'][number];

/** What an image has to meet, whatever tag it then gets. */
export type RuleTerms = Pick<AutoTagRule, 'match' | 'conditions'>;

/** The rules that give tags by themselves. */
export function useAutoTagRules() {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [queryKeys.tags, 'rules'],
    queryFn: ({ signal }) => client.tags.autoTagRules({}, { signal }),
  }));
}

/** Replaces the rules, and applies them to every image. */
export function useSetAutoTagRules() {
  const client = useClient();
  const queryClient = useQueryClient();
  return useMutation(() => ({
    mutationFn: (rules: readonly AutoTagRule[]) => client.tags.setAutoTagRules({ rules: [...rules] }),
    onSuccess: () =>
      Promise.all(
        [queryKeys.tags, queryKeys.info].map((key) => queryClient.invalidateQueries({ queryKey: [key] })),
      ),
  }));
}

/** Makes a tag, or finds the one of this name. */
export function useAddTag() {
  const client = useClient();
  return useMutation(() => ({ mutationFn: (name: string) => client.tags.add({ tag_name: name }) }));
}

/** Which of the newest images meet some terms; asked when there are any. */
export function useRulePreview(terms: Accessor<RuleTerms | undefined>) {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [queryKeys.images, 'rule-trial', terms()],
    queryFn: ({ signal }) => {
      const { match = 'all', conditions = [] } = terms() ?? {};
      return client.tags.tryAutoTagRule({ match, conditions }, { signal });
    },
    enabled: terms() !== undefined,
  }));
}
