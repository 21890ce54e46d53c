import { text, type Text } from '../ports/text.ts';
import { isTwelveLabsModel } from '../topics/embedding-source.ts';

/** Names what of IIB's settings for vectors by TwelveLabs has no effect here. */
export function unsupportedModelWarning(
  embeddingModel: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Text | undefined {
  const asked = [
    ...(isTwelveLabsModel(embeddingModel ?? '') ? [`EMBEDDING_MODEL=${embeddingModel}`] : []),
    ...(environment['TWELVELABS_API_KEY'] ? ['TWELVELABS_API_KEY'] : []),
  ];
  if (asked.length === 0) return undefined;
  const [names, namesInChinese] = [asked.join(' and '), asked.join('、')];
  return text(
    `${names}: TwelveLabs is not supported; embeddings need a provider with OpenAI's API, and are made on this machine without one`,
    `${namesInChinese}：暂不支持 TwelveLabs；向量服务须与 OpenAI API 兼容，否则在本机计算向量`,
  );
}
