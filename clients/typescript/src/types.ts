/** Short names of the schemas that most programs need; `components["schemas"]` has all of them. */

import type { components } from "./schema.js";

type Schemas = components["schemas"];
export type Answer = Schemas["ChatOut"];
export type Citation = Schemas["CitationOut"];
export type Passage = Schemas["PassageOut"];
export type LoracleDocument = Schemas["DocumentOut"];
export type Question = Schemas["ChatIn"];
export type Search = Schemas["SearchIn"];
export type Dataset = Schemas["DatasetOut"];
export type Evaluation = Schemas["EvaluationOut"];
export type Training = Schemas["TrainingOut"];
export type NewTraining = Schemas["TrainingIn"];
export type NewToken = Schemas["AccessTokenIn"];
export type Token = Schemas["NewAccessTokenOut"];
