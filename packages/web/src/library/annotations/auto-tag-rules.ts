import type { AutoTagRule } from '@iib-kit/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/solid-query';
import type { Accessor } from 'solid-js';

import { useClient } from '../connection/client.ts';
import { queryKeys } from '../connection/query-keys.ts';

export type RuleCondition = AutoTagRule['conditions'][number];

/** A rule without its tag. */
export type RuleTerms = Pick<AutoTagRule, 'match' | 'conditions'>;

/** The auto-tag rules. */
export function useAutoTagRules() {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [queryKeys.tags, 'rules'],
    queryFn: ({ signal }) => client.tags.autoTagRules({}, { signal }),
  }));
}

/** Replaces all rules, and applies them to every image. */
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

/** Creates a tag, or returns the existing one of this name. */
export function useAddTag() {
  const client = useClient();
  return useMutation(() => ({ mutationFn: (name: string) => client.tags.add({ tag_name: name }) }));
}

/** Which of the newest images some terms match; fetched once there are terms. */
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
