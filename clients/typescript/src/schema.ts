/** Generated from the OpenAPI document by `make clients`: do not edit. */

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AccessIn
         * @description Members of the groups see it; with no groups everybody does. API keys see everything.
         * @example {
         *       "groups": [
         *         "staff"
         *       ]
         *     }
         */
        AccessIn: {
            /** Groups */
            groups: string[];
        };
        /** AccessOut */
        AccessOut: {
            /**
             * Groups
             * @description Whose members see it. Empty: everybody.
             */
            groups: string[];
        };
        /**
         * AccessTokenIn
         * @example {
         *       "max_requests": 200,
         *       "origins": [
         *         "https://www.example.org"
         *       ],
         *       "ttl_s": 900,
         *       "user": "ana"
         *     }
         */
        AccessTokenIn: {
            /**
             * User
             * @description The end user that it acts for, by any name of yours: it sees the conversations of this user alone. Left out: a user that no other token has.
             */
            user?: string | null;
            /**
             * Ttl S
             * @description Seconds until it ends.
             * @default 3600
             */
            ttl_s?: number;
            /**
             * Scopes
             * @description `read`, `write` or both.
             * @default [
             *       "read"
             *     ]
             */
            scopes?: components["schemas"]["Scope"][];
            /**
             * Groups
             * @description Of the user. It sees documents with an access list only if the list names one of these.
             * @default []
             */
            groups?: string[];
            /**
             * Collections
             * @description The only ones that it sees; all if left out.
             */
            collections?: string[] | null;
            /**
             * Adapter
             * @description The only one that answers it: "name", "name@version" or "base"; any if left out.
             */
            adapter?: string | null;
            /**
             * Origins
             * @description Origins of the pages that may use it, such as "https://www.example.org"; browsers let these pages read the answers. Left out: any, but browsers let only the configured ones read.
             * @default []
             */
            origins?: string[];
            /**
             * Max Requests
             * @description How many it may make in all.
             * @default 1000
             */
            max_requests?: number;
        };
        /** AccessTokenOut */
        AccessTokenOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default token
             * @constant
             */
            object: "token";
            /**
             * Key Id
             * @description The key that made it: it ends when this key is revoked.
             */
            key_id: string;
            /** User */
            user: string;
            /**
             * Prefix
             * @description How the token begins.
             */
            prefix: string;
            /** Scopes */
            scopes: string[];
            /** Groups */
            groups: string[];
            /** Collections */
            collections: string[] | null;
            /** Adapter */
            adapter: string | null;
            /** Origins */
            origins: string[];
            /** Max Requests */
            max_requests: number;
            /**
             * Requests
             * @description That it has made so far.
             */
            requests: number;
            /** Created At */
            created_at: string;
            /** Expires At */
            expires_at: string;
            /** Revoked At */
            revoked_at: string | null;
        };
        /**
         * ActivateIn
         * @example {
         *       "version": "0123456789abcdef"
         *     }
         */
        ActivateIn: {
            /**
             * Version
             * @description The newest if left out.
             */
            version?: string | null;
            /**
             * Override
             * @description Why it may answer without having passed. Kept in the history.
             */
            override?: string | null;
        };
        /** ActivationOut */
        ActivationOut: {
            /**
             * Adapter
             * @description name@version; null: the plain base model.
             */
            adapter: string | null;
            /**
             * Evaluation Id
             * @description The evaluation that let it through.
             */
            evaluation_id: string | null;
            /** Override Reason */
            override_reason: string | null;
            /**
             * Actor
             * @description The key that asked.
             */
            actor: string | null;
            /** Created At */
            created_at: string;
        };
        /** ActiveOut */
        ActiveOut: {
            /**
             * Object
             * @default adapter.pointer
             * @constant
             */
            object: "adapter.pointer";
            /** @description Null: the plain base model answers. */
            active: components["schemas"]["AdapterOut"] | null;
            /** @description The version that answers a share of the conversations. */
            canary: components["schemas"]["CanaryOut"] | null;
        };
        /** AdapterEvaluationOut */
        AdapterEvaluationOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default adapter.evaluation
             * @constant
             */
            object: "adapter.evaluation";
            /** Adapter */
            adapter: string;
            /**
             * Against
             * @description What it would replace: "base" or name@version.
             */
            against: string;
            status: components["schemas"]["JobStatus"];
            /** Progress */
            progress: number;
            verdict: components["schemas"]["GateVerdict"] | null;
            /**
             * Report
             * @description Scores of both sides, the interval of their difference, the checks.
             */
            report: {
                [key: string]: unknown;
            };
            /** Error */
            error: {
                [key: string]: string | null;
            } | null;
            /** Created At */
            created_at: string;
            /** Finished At */
            finished_at: string | null;
        };
        /**
         * AdapterOrigin
         * @enum {string}
         */
        AdapterOrigin: "upload" | "training" | "compression" | "merge" | "starter";
        /** AdapterOut */
        AdapterOut: {
            /**
             * Id
             * @description name@version
             */
            id: string;
            /**
             * Object
             * @default adapter
             * @constant
             */
            object: "adapter";
            /** Name */
            name: string;
            /**
             * Version
             * @description Names the content: 16 hexadecimal digits of its hash.
             */
            version: string;
            /**
             * Active
             * @description Your tenant's next request runs under it, unless `not_served` says why not.
             */
            active: boolean;
            /**
             * Builtin
             * @description It ships with the service; where nothing else is activated it answers.
             */
            builtin: boolean;
            /** Rank */
            rank: number;
            /** Alpha */
            alpha: number;
            /** Target Modules */
            target_modules: string[];
            /** Bytes */
            bytes: number;
            /** Base Fingerprint */
            base_fingerprint: string;
            lineage: components["schemas"]["LineageOut"];
            /**
             * Stale
             * @description A document that it learned from was deleted: train it anew.
             */
            stale: boolean;
            /**
             * Not Served
             * @description Why it cannot answer: it can only be exported (DoRA, IA3), or it was made for another base model than the one served. Else null.
             */
            not_served: string | null;
            /**
             * Invocation Tokens
             * @description Activated LoRA: token ids from whose last occurrence in the prompt it acts; before it, and in prompts without them, the base model answers. Null: it acts on the whole prompt.
             */
            invocation_tokens: number[] | null;
            /**
             * Warning
             * @description What to know before it answers, such as that it rarely acts. Else null.
             */
            warning: string | null;
            /** Created At */
            created_at: string;
        };
        /** AdapterUsedOut */
        AdapterUsedOut: {
            /** Name */
            name: string;
            /** Version */
            version: string;
        };
        /** AmountsOut */
        AmountsOut: {
            /** Requests */
            requests: number;
            /** Prompt Tokens */
            prompt_tokens: number;
            /** Completion Tokens */
            completion_tokens: number;
            /**
             * Tokens
             * @description Of prompts and answers together, embedded texts included.
             */
            tokens: number;
            /** Uploads */
            uploads: number;
        };
        /**
         * AnnotationEventOut
         * @description A citation; all of them come after the last piece of the text.
         */
        AnnotationEventOut: {
            /**
             * Type
             * @default response.output_text.annotation.added
             * @constant
             */
            type: "response.output_text.annotation.added";
            /** Sequence Number */
            sequence_number: number;
            /** Item Id */
            item_id: string;
            /** Output Index */
            output_index: number;
            /**
             * Content Index
             * @default 0
             * @constant
             */
            content_index: 0;
            /** Annotation Index */
            annotation_index: number;
            annotation: components["schemas"]["FileCitationOut"];
        };
        /**
         * AnswerDetailsOut
         * @description What an answer from documents has beside OpenAI's fields.
         */
        AnswerDetailsOut: {
            /**
             * Refused
             * @description The documents do not hold the answer; the text says so.
             */
            refused: boolean;
            refusal_reason: components["schemas"]["RefusalReason"] | null;
            /**
             * Closest
             * @description On a refusal: what came nearest.
             */
            closest: components["schemas"]["PassageOut"][];
            /**
             * Unsupported
             * @description Sentences of the answer that no passage supports.
             */
            unsupported: components["schemas"]["SpanOut"][];
            /**
             * Question
             * @description As it was searched for: a follow-up is made to stand alone.
             */
            question: string;
            /** @description What the message was taken for, and so what answered it. */
            route: components["schemas"]["Route"];
            /** @description The adapter version that answered; null for the base model. */
            adapter: components["schemas"]["AdapterUsedOut"] | null;
        };
        /** AnswerMessageOut */
        AnswerMessageOut: {
            /**
             * Role
             * @default assistant
             * @constant
             */
            role: "assistant";
            /** Content */
            content: string;
            /** Refusal */
            refusal: string | null;
            /** Annotations */
            annotations: components["schemas"]["FileCitationOut"][];
        };
        /**
         * AnsweringIn
         * @example {
         *       "preamble": "Answer formally.",
         *       "representation": "hybrid"
         *     }
         */
        AnsweringIn: {
            /**
             * Preamble
             * @description Role and tone, in every prompt.
             */
            preamble?: string | null;
            /**
             * Representation
             * @description What chat finds passages by. `hybrid`: embeddings and BM25 fused. `cosine` or `euclidean`: embeddings alone (of norm 1, so both rank the same). `bm25` or `tfidf`: words alone. `word_vectors`: static word vectors, averaged by smooth inverse frequency.
             */
            representation?: ("hybrid" | "cosine" | "euclidean" | "bm25" | "tfidf" | "word_vectors") | null;
            /**
             * Judging
             * @description Who judges whether passages answer a question and whether an answer is right. `model`: the starter adapter, where that of the base in use can; rules elsewhere. `rules`: rules alone, which are faster.
             */
            judging?: ("model" | "rules") | null;
        };
        /** AnsweringOut */
        AnsweringOut: {
            /**
             * Object
             * @default answering
             * @constant
             */
            object: "answering";
            /** Preamble */
            preamble: string;
            /**
             * Representation
             * @enum {string}
             */
            representation: "hybrid" | "cosine" | "euclidean" | "bm25" | "tfidf" | "word_vectors";
            /**
             * Refusal Threshold
             * @description Of the rules; fitted by `loracle calibrate`; null: the service's.
             */
            refusal_threshold: number | null;
            /**
             * Judging
             * @enum {string}
             */
            judging: "model" | "rules";
            /**
             * Answerable Threshold
             * @description Of the model's judgement; fitted by `loracle calibrate`; null: the judging adapter's.
             */
            answerable_threshold: number | null;
            /**
             * Calibration
             * @description How the threshold did when it was fitted.
             */
            calibration: {
                [key: string]: unknown;
            };
        };
        /**
         * AttributesIn
         * @example {
         *       "attributes": {
         *         "year": 2026
         *       }
         *     }
         */
        AttributesIn: {
            /** Attributes */
            attributes: {
                [key: string]: string | boolean | number;
            } | null;
        };
        /**
         * BatchOut
         * @example {
         *       "access": {
         *         "groups": []
         *       },
         *       "collection": "handbooks",
         *       "counts": {
         *         "embedding": 1,
         *         "queued": 38,
         *         "ready": 80
         *       },
         *       "created_at": "2026-01-31T12:00:00Z",
         *       "eta_s": 42,
         *       "files": 120,
         *       "finished": false,
         *       "id": "bat_5d41402abc4b2a76b9719d91",
         *       "object": "batch",
         *       "progress": 0.68,
         *       "refused": [
         *         {
         *           "code": "unsupported_media_type",
         *           "filename": "logo.svgz",
         *           "message": "It cannot be read."
         *         }
         *       ],
         *       "warned": 2
         *     }
         */
        BatchOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default batch
             * @constant
             */
            object: "batch";
            /** Collection */
            collection: string;
            /** @description Who sees the batch, if they see its collection. */
            access: components["schemas"]["AccessOut"];
            /**
             * Files
             * @description Files of the upload; members of archives count one by one.
             */
            files: number;
            /**
             * Refused
             * @description Files that were refused, and why. They do not affect the others.
             */
            refused: components["schemas"]["RefusedOut"][];
            /**
             * Counts
             * @description Documents by status.
             */
            counts: {
                [key: string]: number;
            };
            /**
             * Warned
             * @description Documents with `warnings`: they are ready, but a part of them is not.
             */
            warned: number;
            /**
             * Progress
             * @description Progress of the documents; 1 once all are ready, failed or cancelled.
             */
            progress: number;
            /**
             * Eta S
             * @description Seconds until the batch is finished at its speed so far.
             */
            eta_s: number | null;
            /** Finished */
            finished: boolean;
            /** Created At */
            created_at: string;
        };
        /** BinOut */
        BinOut: {
            /** Up To Tokens */
            up_to_tokens: number;
            /** Rows */
            rows: number;
        };
        /** Body_create_evaluation */
        Body_create_evaluation: {
            /**
             * Cases
             * @description Everyday questions (`turns`, `answerable`, `must`, `must_not`, `cite`), or questions with their answers: JSONL, or SQuAD's JSON.
             */
            cases?: Blob | null;
            /**
             * Source
             * @description `feedback`: your users' corrections, no file.
             * @default file
             * @enum {string}
             */
            source?: "file" | "feedback";
            /**
             * Adapter
             * @description "base" or name@version; what is in force now if left out.
             */
            adapter?: string | null;
        };
        /** Body_create_file */
        Body_create_file: {
            /**
             * File
             * Format: binary
             * @description Anything that documents may be; JSONL to train on.
             */
            file: Blob;
            /** @description `assistants` or `user_data`: to be searched. `fine-tune`: to train on. */
            purpose: components["schemas"]["FilePurpose"];
        };
        /** Body_evaluate_adapter */
        Body_evaluate_adapter: {
            /**
             * Cases
             * Format: binary
             * @description Questions with their answers: JSONL or SQuAD's JSON.
             */
            cases: Blob;
            /**
             * Version
             * @description The newest if left out.
             */
            version?: string | null;
            /**
             * Against
             * @description "base" or name@version; what is in force now if left out.
             */
            against?: string | null;
        };
        /** Body_upload_adapter */
        Body_upload_adapter: {
            /**
             * Name
             * @description a-z, 0-9, '.', '_' and '-'.
             */
            name: string;
            /**
             * Adapter Config.Json
             * Format: binary
             */
            "adapter_config.json": Blob;
            /**
             * Adapter Model.Safetensors
             * Format: binary
             */
            "adapter_model.safetensors": Blob;
        };
        /** Body_upload_dataset */
        Body_upload_dataset: {
            /**
             * Name
             * @description a-z, 0-9, '.', '_' and '-'.
             */
            name: string;
            /**
             * File
             * Format: binary
             * @description JSONL, one row a line: `messages`; or `prompt` and `completion`; or `question`, `context` (a text or a list) and `answer` (null teaches a refusal). Also read: a JSON array, CSV with these names in its first line, `instruction` with `input` and `output`, and `conversations` of `from` and `value`.
             */
            file: Blob;
        };
        /** Body_upload_document */
        Body_upload_document: {
            /**
             * File
             * Format: binary
             * @description The document.
             */
            file: Blob;
            /**
             * Collection
             * @description A name to group documents by. It needs no creation.
             * @default default
             */
            collection?: string;
            /**
             * Metadata
             * @description A JSON object of up to 64 fields, for example {"year": 2026}. Empty: as before.
             * @default {}
             */
            metadata?: string;
            /**
             * Access
             * @description Who sees the document, as JSON: `{"groups": ["staff"]}`; `{"groups": []}` is everybody. Empty: as before, everybody if it is new.
             * @default
             */
            access?: string;
        };
        /** Body_validate_dataset */
        Body_validate_dataset: {
            /**
             * File
             * Format: binary
             * @description JSONL, one row a line: `messages`; or `prompt` and `completion`; or `question`, `context` (a text or a list) and `answer` (null teaches a refusal). Also read: a JSON array, CSV with these names in its first line, `instruction` with `input` and `output`, and `conversations` of `from` and `value`.
             */
            file: Blob;
        };
        /** CachedTokensOut */
        CachedTokensOut: {
            /**
             * Cached Tokens
             * @default 0
             * @constant
             */
            cached_tokens: 0;
            /**
             * Cache Write Tokens
             * @default 0
             * @constant
             */
            cache_write_tokens: 0;
        };
        /** CallerKeyOut */
        CallerKeyOut: {
            /** Id */
            id: string;
            /** Label */
            label: string;
            /** Prefix */
            prefix: string;
            /** Created At */
            created_at: string;
        };
        /** CallerTenantOut */
        CallerTenantOut: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            status: components["schemas"]["TenantStatus"];
        };
        /**
         * CanaryIn
         * @example {
         *       "share": 0.1
         *     }
         */
        CanaryIn: {
            /**
             * Share
             * @description Of conversations; 0 ends the canary.
             */
            share: number;
            /**
             * Version
             * @description The newest if left out.
             */
            version?: string | null;
            /**
             * Override
             * @description Why it may answer although it is worse or was never evaluated.
             */
            override?: string | null;
        };
        /** CanaryOut */
        CanaryOut: {
            adapter: components["schemas"]["AdapterOut"];
            /**
             * Share
             * @description Of conversations, 0 to 1.
             */
            share: number;
            /** Created At */
            created_at: string;
        };
        /** ChatChoiceOut */
        ChatChoiceOut: {
            /**
             * Index
             * @default 0
             * @constant
             */
            index: 0;
            message: components["schemas"]["AnswerMessageOut"];
            /** @description Null unless the request asks for them. */
            logprobs: components["schemas"]["LogprobsOut"] | null;
            /**
             * Finish Reason
             * @enum {string}
             */
            finish_reason: "stop" | "length";
        };
        /**
         * ChatCompletionChunkOut
         * @description The data of an event of a streamed completion.
         */
        ChatCompletionChunkOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @constant
             */
            object: "chat.completion.chunk";
            /** Created */
            created: number;
            /** Model */
            model: string;
            /** System Fingerprint */
            system_fingerprint: string | null;
            /**
             * Choices
             * @description One; none in the last chunk with `include_usage`.
             */
            choices: components["schemas"]["ChunkChoiceOut"][];
            usage?: components["schemas"]["CompletionUsageOut"] | null;
            /** @description In the chunk with the `finish_reason`. */
            loracle?: components["schemas"]["AnswerDetailsOut"] | null;
        };
        /**
         * ChatCompletionIn
         * @example {
         *       "messages": [
         *         {
         *           "content": "When does the museum open?",
         *           "role": "user"
         *         }
         *       ],
         *       "model": "loracle"
         *     }
         */
        ChatCompletionIn: {
            /**
             * Model
             * @description A name of `GET /v1/models`.
             */
            model: string;
            /**
             * Messages
             * @description The last message of the user is the question; those before it are the conversation.
             */
            messages: components["schemas"]["ChatMessageIn"][];
            /** Stream */
            stream?: boolean | null;
            stream_options?: components["schemas"]["StreamOptionsIn"] | null;
            /**
             * Max Tokens
             * @description Longest answer; the service's own bound holds too.
             */
            max_tokens?: number | null;
            /**
             * Max Completion Tokens
             * @description The newer name of `max_tokens`; it wins.
             */
            max_completion_tokens?: number | null;
            /**
             * Temperature
             * @description 0, which is deterministic, if left out.
             */
            temperature?: number | null;
            /** Top P */
            top_p?: number | null;
            /**
             * Seed
             * @description Repeats a sampled answer.
             */
            seed?: number | null;
            /** Stop */
            stop?: string | string[] | null;
            /**
             * N
             * @description 1 only.
             */
            n?: number | null;
            response_format?: components["schemas"]["ResponseFormatIn"] | null;
            /**
             * Modalities
             * @description `text` only.
             */
            modalities?: string[] | null;
            /**
             * Tools
             * @description Refused unless empty.
             */
            tools?: unknown[] | null;
            /**
             * Functions
             * @description Refused unless empty.
             */
            functions?: unknown[] | null;
            /**
             * Audio
             * @description Refused.
             */
            audio?: unknown;
            /**
             * Logprobs
             * @description With the log probability of each token that the model wrote.
             */
            logprobs?: boolean | null;
            /**
             * Top Logprobs
             * @description And of so many likeliest tokens in its place.
             */
            top_logprobs?: number | null;
            /**
             * User
             * @description For keys: the end user whose usage it is. A token asks for its own.
             */
            user?: string | null;
            /**
             * Collections
             * @description Look only in these; all if left out.
             * @default []
             */
            collections?: string[];
            /**
             * Filters
             * @description On document metadata, before ranking: `{"kind": "law", "year": {"gte": 2020}}`; all must hold. Operators: eq, ne, gt, gte, lt, lte, in, nin; `and` and `or` take lists of filters.
             * @default {}
             */
            filters?: {
                [key: string]: unknown;
            };
            /**
             * Language
             * @description Of the answer; the question's if left out.
             */
            language?: ("en" | "de" | "es" | "fr" | "it" | "pt") | null;
        };
        /** ChatCompletionOut */
        ChatCompletionOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default chat.completion
             * @constant
             */
            object: "chat.completion";
            /** Created */
            created: number;
            /** Model */
            model: string;
            /** System Fingerprint */
            system_fingerprint: string | null;
            /** Choices */
            choices: components["schemas"]["ChatChoiceOut"][];
            usage: components["schemas"]["CompletionUsageOut"];
            /** @description Of an answer from documents; null from the base alone. */
            loracle: components["schemas"]["AnswerDetailsOut"] | null;
        };
        /**
         * ChatIn
         * @example {
         *       "message": "When does the museum open?"
         *     }
         */
        ChatIn: {
            /**
             * Adapter
             * @description "name", "name@version" or "base"; your active adapter if left out, which is the starter at first.
             */
            adapter?: string | null;
            /**
             * Collections
             * @description Look only in these; all if left out.
             * @default []
             */
            collections?: string[];
            /**
             * Filters
             * @description On document metadata, before ranking: `{"kind": "law", "year": {"gte": 2020}}`; all must hold. Operators: eq, ne, gt, gte, lt, lte, in, nin; `and` and `or` take lists of filters.
             * @default {}
             */
            filters?: {
                [key: string]: unknown;
            };
            /**
             * K
             * @description Passages to look for.
             */
            k?: number | null;
            /**
             * Stream
             * @description Answer as server-sent events.
             * @default false
             */
            stream?: boolean;
            /**
             * Language
             * @description Of the answer; the question's if left out.
             */
            language?: ("en" | "de" | "es" | "fr" | "it" | "pt") | null;
            /**
             * Max Tokens
             * @description Longest answer, in tokens; as long as the message needs if left out.
             */
            max_tokens?: number | null;
            /**
             * Temperature
             * @description 0 is deterministic.
             * @default 0
             */
            temperature?: number;
            /**
             * Top P
             * @default 1
             */
            top_p?: number;
            /**
             * Seed
             * @description Repeats a sampled answer.
             */
            seed?: number | null;
            /**
             * Boxes
             * @description Give the places of the quotes on the pages of PDFs and pictures. It may take seconds; `GET /api/v1/documents/{document_id}/quote-boxes` gives them later.
             * @default false
             */
            boxes?: boolean;
            /**
             * Stop
             * @description End the answer before any of these.
             * @default []
             */
            stop?: string[];
            /**
             * Message
             * @description The question.
             */
            message: string;
            /**
             * Conversation Id
             * @description Go on with this conversation.
             */
            conversation_id?: string | null;
            /**
             * User
             * @description For keys: the end user who asks, by any name of yours. The conversation belongs to this user, and one of another user is not found. A token acts for its own user.
             */
            user?: string | null;
        };
        /** ChatMessageIn */
        ChatMessageIn: {
            /**
             * Role
             * @enum {string}
             */
            role: "system" | "developer" | "user" | "assistant" | "tool" | "function";
            /** Content */
            content?: string | components["schemas"]["ContentPartIn"][] | null;
        };
        /** ChatOut */
        ChatOut: {
            /** Id */
            id: string;
            /** Conversation Id */
            conversation_id: string;
            /**
             * Question
             * @description As it was searched for: a follow-up is made to stand alone.
             */
            question: string;
            /** Answer */
            answer: string;
            /** Citations */
            citations: components["schemas"]["CitationOut"][];
            /**
             * Unsupported
             * @description Sentences of the answer that no passage supports.
             */
            unsupported: components["schemas"]["SpanOut"][];
            /** Refused */
            refused: boolean;
            refusal_reason: components["schemas"]["RefusalReason"] | null;
            /**
             * Closest
             * @description On a refusal: what came nearest.
             */
            closest: components["schemas"]["PassageOut"][];
            /** @description The adapter version that answered; null for the base model. */
            adapter: components["schemas"]["AdapterUsedOut"] | null;
            usage: components["schemas"]["UsageOut"];
            /**
             * @description What the message was taken for, and so what answered it.
             * @default question
             */
            route: components["schemas"]["Route"];
            /**
             * Timings
             * @description Seconds: embed_s, retrieve_s, judge_s, queue_s, prefill_s, ttft_s, ...
             */
            timings: {
                [key: string]: number;
            };
            /**
             * Finish Reason
             * @description Why the answer ended: `length`: cut at max_tokens; `repetition`: it went in a circle; `stopped`: see `status`.
             * @default stop
             * @enum {string}
             */
            finish_reason: "stop" | "length" | "repetition" | "stopped";
            /**
             * Trace
             * @description What each step did, in order.
             * @default []
             */
            trace: components["schemas"]["StepTraceOut"][];
            /**
             * @description `stopped`, `failed`: the stream was cut short, and `answer` is what was shown of it.
             * @default completed
             */
            status: components["schemas"]["TurnStatus"];
        };
        /** CheckpointMetricsOut */
        CheckpointMetricsOut: {
            /** Step */
            step: number;
            /** Train Loss */
            train_loss: number | null;
            /** Train Mean Token Accuracy */
            train_mean_token_accuracy: number | null;
            /** Valid Loss */
            valid_loss: number | null;
        };
        /** CheckpointOut */
        CheckpointOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default fine_tuning.job.checkpoint
             * @constant
             */
            object: "fine_tuning.job.checkpoint";
            /**
             * Created At
             * @description Seconds since 1970.
             */
            created_at: number;
            /** Fine Tuning Job Id */
            fine_tuning_job_id: string;
            /** Fine Tuned Model Checkpoint */
            fine_tuned_model_checkpoint: string;
            /** Step Number */
            step_number: number;
            metrics: components["schemas"]["CheckpointMetricsOut"];
        };
        /**
         * ChunkChangesIn
         * @example {
         *       "enabled": false
         *     }
         */
        ChunkChangesIn: {
            /**
             * Enabled
             * @description false: no search and no answer finds the chunk, from the next one on.
             */
            enabled: boolean;
        };
        /** ChunkChoiceOut */
        ChunkChoiceOut: {
            /**
             * Index
             * @constant
             */
            index: 0;
            delta: components["schemas"]["ChunkDeltaOut"];
            logprobs: components["schemas"]["LogprobsOut"] | null;
            /** Finish Reason */
            finish_reason: ("stop" | "length") | null;
        };
        /**
         * ChunkDeltaOut
         * @description What a chunk adds to the message; it has the fields that it adds.
         */
        ChunkDeltaOut: {
            /**
             * Role
             * @default assistant
             * @constant
             */
            role?: "assistant";
            /**
             * Content
             * @default
             */
            content?: string;
            /** Refusal */
            refusal?: string | null;
            /**
             * Annotations
             * @default []
             */
            annotations?: components["schemas"]["FileCitationOut"][];
        };
        /** ChunkOut */
        ChunkOut: {
            /** Id */
            id: string;
            /** Index */
            index: number;
            /** Text */
            text: string;
            /** Heading */
            heading: string;
            /** Page Start */
            page_start: number | null;
            /** Page End */
            page_end: number | null;
            /** Char Start */
            char_start: number;
            /** Char End */
            char_end: number;
            /**
             * Char Start Utf16
             * @description `char_start` in UTF-16 code units, as JavaScript and Java count.
             */
            char_start_utf16: number;
            /** Char End Utf16 */
            char_end_utf16: number;
            /** Tokens */
            tokens: number;
            /**
             * Enabled
             * @description Whether searches and answers find it.
             */
            enabled: boolean;
        };
        /** ChunkingOut */
        ChunkingOut: {
            /** Tokens */
            tokens: number;
            /** Overlap Tokens */
            overlap_tokens: number;
            /** Section Tokens */
            section_tokens: number;
            /**
             * Fingerprint
             * @description Identifies the settings that decide the chunks. Chunks of another fingerprint are made again.
             */
            fingerprint: string;
        };
        /**
         * ChunkingStrategyIn
         * @description How all documents of the store are split: files have no strategies of their own.
         */
        ChunkingStrategyIn: {
            /**
             * Type
             * @enum {string}
             */
            type: "auto" | "static";
            static?: components["schemas"]["StaticChunkingIn"] | null;
        };
        /** ChunkingStrategyOut */
        ChunkingStrategyOut: {
            /**
             * Type
             * @default static
             * @constant
             */
            type: "static";
            static: components["schemas"]["StaticChunkingOut"];
        };
        /** CitationOut */
        CitationOut: {
            /**
             * Index
             * @description The quote's number, from 1. One citation a sentence; the same quote, the same number.
             */
            index: number;
            /** Chunk Id */
            chunk_id: string;
            /** Document Id */
            document_id: string;
            /** Filename */
            filename: string;
            /** Version */
            version: number;
            /**
             * Quote
             * @description Verbatim: the document's text[char_start:char_end].
             */
            quote: string;
            /**
             * Start
             * @description The sentence of `answer` that rests on the quote, in Unicode code points.
             */
            start: number;
            /** End */
            end: number;
            /**
             * Start Utf16
             * @description The same in UTF-16 code units, as JavaScript and Java count.
             */
            start_utf16: number;
            /** End Utf16 */
            end_utf16: number;
            /** Page Start */
            page_start: number | null;
            /** Page End */
            page_end: number | null;
            /** Char Start */
            char_start: number;
            /** Char End */
            char_end: number;
            /**
             * Char Start Utf16
             * @description `char_start` in UTF-16 code units.
             */
            char_start_utf16: number;
            /** Char End Utf16 */
            char_end_utf16: number;
            /** Score */
            score: number;
            /**
             * Verified
             * @description `support` is "verified".
             */
            verified: boolean;
            /** @description "verified": the quote holds every number, date, name and the sense of the sentence, and what the question asks about. "supported": it is near, and `reason` says what it does not confirm. */
            support: components["schemas"]["Support"];
            /** @description Why it is not verified; null if it is. */
            reason: components["schemas"]["Doubt"] | null;
            /**
             * Conflicts
             * @description Other documents of the answer that give another figure.
             */
            conflicts: components["schemas"]["ConflictOut"][];
            /**
             * Boxes
             * @description With `boxes` in the request: around each line of the quote, in points of the page as it is shown, from its upper left corner. Empty if it was not found on a page; null if it was not looked for.
             */
            boxes: components["schemas"]["QuoteBoxOut"][] | null;
        };
        /**
         * CollectionIn
         * @description Settings that are left out or null have the default of the service.
         * @example {
         *       "access": {
         *         "groups": [
         *           "staff"
         *         ]
         *       },
         *       "chunk_tokens": 120,
         *       "keep_versions": 2
         *     }
         */
        CollectionIn: {
            /**
             * Chunk Tokens
             * @description Size of a chunk.
             */
            chunk_tokens?: number | null;
            /**
             * Chunk Overlap Tokens
             * @description Tokens that two neighbouring chunks share.
             */
            chunk_overlap_tokens?: number | null;
            /**
             * Section Tokens
             * @description Size of the section around a chunk that the model gets.
             */
            section_tokens?: number | null;
            /**
             * Keep Versions
             * @description Former versions to keep of each document.
             */
            keep_versions?: number | null;
            /** @description Who sees the collection with all its documents; left out: as before, everybody if it is new. */
            access?: components["schemas"]["AccessIn"] | null;
        };
        /** CollectionOut */
        CollectionOut: {
            /** Name */
            name: string;
            /**
             * Object
             * @default collection
             * @constant
             */
            object: "collection";
            /** Documents */
            documents: number;
            /**
             * Outdated
             * @description Documents with text of another version of the parser, chunks of other settings or vectors of another embedding model. They are made again in the background.
             */
            outdated: number;
            /** Chunk Tokens */
            chunk_tokens: number | null;
            /** Chunk Overlap Tokens */
            chunk_overlap_tokens: number | null;
            /** Section Tokens */
            section_tokens: number | null;
            /** Keep Versions */
            keep_versions: number | null;
            /** @description Who sees the collection; its documents may have narrower lists. */
            access: components["schemas"]["AccessOut"];
            /** @description The chunking in force. */
            chunking: components["schemas"]["ChunkingOut"];
        };
        /** CollectionReparseOut */
        CollectionReparseOut: {
            /** Name */
            name: string;
            /**
             * Object
             * @default collection_reparse
             * @constant
             */
            object: "collection_reparse";
            /**
             * Documents
             * @description Documents that are read again.
             */
            documents: number;
        };
        /** CollectionsOut */
        CollectionsOut: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["CollectionOut"][];
            /**
             * Total
             * @description Collections on all pages.
             */
            total: number;
            /** Has More */
            has_more: boolean;
            /**
             * Next Cursor
             * @description `after` of the next page; null on the last one.
             */
            next_cursor: string | null;
            embeddings: components["schemas"]["EmbeddingsOut"];
        };
        /** ComingModelOut */
        ComingModelOut: {
            /** Model */
            model: string;
            /**
             * Documents
             * @description Documents that are live.
             */
            documents: number;
            /**
             * Ready
             * @description Those with chunks and vectors for the new model.
             */
            ready: number;
        };
        /** ComparisonOut */
        ComparisonOut: {
            /**
             * Object
             * @default evaluation.comparison
             * @constant
             */
            object: "evaluation.comparison";
            /** First */
            first: string;
            /** Second */
            second: string;
            /**
             * Differences
             * @description Second minus first by part and score, with 95 % intervals.
             */
            differences: {
                [key: string]: unknown;
            };
        };
        /** CompletionUsageOut */
        CompletionUsageOut: {
            /** Prompt Tokens */
            prompt_tokens: number;
            /** Completion Tokens */
            completion_tokens: number;
            /** Total Tokens */
            total_tokens: number;
            /** @description Passages found, used and dropped; null without documents. */
            context: components["schemas"]["ContextOut"] | null;
        };
        /**
         * CompressIn
         * @example {
         *       "rank": 8
         *     }
         */
        CompressIn: {
            /**
             * Version
             * @description The newest if left out.
             */
            version?: string | null;
            /**
             * Rank
             * @description The rank to come down to.
             */
            rank?: number | null;
            /**
             * Energy
             * @description Instead: the share of the updates' energy to keep.
             */
            energy?: number | null;
        };
        /** CompressionOut */
        CompressionOut: {
            /**
             * Object
             * @default adapter.compression
             * @constant
             */
            object: "adapter.compression";
            adapter: components["schemas"]["AdapterOut"];
            /** Rank Before */
            rank_before: number;
            /** Rank */
            rank: number;
            /**
             * Energy Kept
             * @description Share of the squared norm of all updates, 0 to 1.
             */
            energy_kept: number;
            /**
             * Largest Relative Error
             * @description Of one layer's update, in the Frobenius norm.
             */
            largest_relative_error: number;
            /** Energy By Rank */
            energy_by_rank: number[];
            /** Bytes Before */
            bytes_before: number;
            /** Bytes After */
            bytes_after: number;
            /** Seconds */
            seconds: number;
        };
        /** ConditionIn */
        ConditionIn: {
            /**
             * Name
             * @description A metadata field of documents; of several any may hold.
             */
            name: string | string[];
            /**
             * Comparison Operator
             * @example is
             */
            comparison_operator: string;
            /** Value */
            value?: string | number | boolean | (string | number)[] | null;
        };
        /** ConflictOut */
        ConflictOut: {
            /** Document Id */
            document_id: string;
            /** Filename */
            filename: string;
            /**
             * Quote
             * @description A sentence that gives another figure than the citation's quote.
             */
            quote: string;
        };
        /** ContentOut */
        ContentOut: {
            /** Document Id */
            document_id: string;
            /**
             * Text
             * @description The extracted text. Every `char_*` is an offset into it (Unicode code points).
             */
            text: string;
            /** Pages */
            pages: components["schemas"]["PageOut"][];
        };
        /** ContentPartIn */
        ContentPartIn: {
            /**
             * Type
             * @description `text`; images, audio and files are refused.
             */
            type: string;
            /** Text */
            text?: string | null;
            /** Refusal */
            refusal?: string | null;
        };
        /** ContextOut */
        ContextOut: {
            /** Retrieved */
            retrieved: number;
            /** Used */
            used: number;
            /** Dropped */
            dropped: number;
        };
        /**
         * ConversationChangesIn
         * @example {
         *       "pinned": true,
         *       "title": "Opening hours"
         *     }
         */
        ConversationChangesIn: {
            /**
             * Title
             * @description At most 200 characters.
             */
            title?: string | null;
            /** Pinned */
            pinned?: boolean | null;
            /** Archived */
            archived?: boolean | null;
            /**
             * Current Turn Id
             * @description A turn whose branch is to go on, with the newest that came after it.
             */
            current_turn_id?: string | null;
        };
        /**
         * ConversationIdsIn
         * @example {
         *       "ids": [
         *         "conv_9e107d9d372bb6826bd81d35"
         *       ]
         *     }
         */
        ConversationIdsIn: {
            /** Ids */
            ids: string[];
        };
        /**
         * ConversationMetadataIn
         * @example {
         *       "metadata": {
         *         "topic": "tickets"
         *       }
         *     }
         */
        ConversationMetadataIn: {
            /** Metadata */
            metadata: {
                [key: string]: string;
            } | null;
        };
        /** ConversationObjectDeletedOut */
        ConversationObjectDeletedOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default conversation.deleted
             * @constant
             */
            object: "conversation.deleted";
            /**
             * Deleted
             * @default true
             * @constant
             */
            deleted: true;
        };
        /**
         * ConversationObjectIn
         * @example {
         *       "metadata": {
         *         "topic": "opening hours"
         *       }
         *     }
         */
        ConversationObjectIn: {
            /** Metadata */
            metadata?: {
                [key: string]: string;
            } | null;
            /**
             * Items
             * @description Refused unless empty: send the turns so far as `input` of a response.
             */
            items?: unknown[] | null;
        };
        /** ConversationObjectOut */
        ConversationObjectOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default conversation
             * @constant
             */
            object: "conversation";
            /**
             * Created At
             * @description Seconds since 1970.
             */
            created_at: number;
            /** Metadata */
            metadata: {
                [key: string]: string;
            };
        };
        /** ConversationOut */
        ConversationOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default conversation
             * @constant
             */
            object: "conversation";
            /**
             * Title
             * @description The first question, unless it was renamed.
             */
            title: string;
            /**
             * Pinned
             * @description First in the list.
             */
            pinned: boolean;
            /**
             * Archived
             * @description Put away: in a list of its own.
             */
            archived: boolean;
            /**
             * Current Turn Id
             * @description The last turn of the branch that goes on; null without turns.
             */
            current_turn_id: string | null;
            /**
             * User
             * @description The end user that it belongs to; null if a key named none.
             */
            user: string | null;
            /** Created At */
            created_at: string;
            /** Updated At */
            updated_at: string;
        };
        /** ConversationRefIn */
        ConversationRefIn: {
            /** Id */
            id: string;
        };
        /** ConversationRefOut */
        ConversationRefOut: {
            /** Id */
            id: string;
        };
        /** CurveOut */
        CurveOut: {
            /**
             * Object
             * @default training.curve
             * @constant
             */
            object: "training.curve";
            /** Data */
            data: components["schemas"]["PointOut"][];
        };
        /**
         * DatasetOrigin
         * @enum {string}
         */
        DatasetOrigin: "upload" | "documents" | "feedback";
        /** DatasetOut */
        DatasetOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default dataset
             * @constant
             */
            object: "dataset";
            /** Name */
            name: string;
            /** Version */
            version: number;
            origin: components["schemas"]["DatasetOrigin"];
            /** Bytes */
            bytes: number;
            /** Sha256 */
            sha256: string;
            report: components["schemas"]["ReportOut"];
            /**
             * Details
             * @description How it was made.
             */
            details: {
                [key: string]: unknown;
            };
            /**
             * Sources
             * @description Documents that its rows were made from.
             */
            sources: components["schemas"]["SourceOut"][];
            /**
             * Base Fingerprint
             * @description Of the base model whose prompt it was validated with.
             */
            base_fingerprint: string;
            /** Created At */
            created_at: string;
        };
        /** Deleted */
        Deleted: {
            /** Id */
            id: string;
            /** Object */
            object: string;
            /**
             * Deleted
             * @default true
             * @constant
             */
            deleted?: true;
        };
        /** DeletedConversationsOut */
        DeletedConversationsOut: {
            /**
             * Object
             * @default conversation_deletion
             * @constant
             */
            object: "conversation_deletion";
            /**
             * Deleted
             * @description Ids of the conversations that were there and are deleted.
             */
            deleted: string[];
            /**
             * Unknown
             * @description The other ids: unknown, or not yours.
             */
            unknown: string[];
        };
        /**
         * DeletionIn
         * @example {
         *       "ids": [
         *         "doc_5d41402abc4b2a76b9719d91"
         *       ]
         *     }
         */
        DeletionIn: {
            /** Ids */
            ids: string[];
        };
        /** DeletionOut */
        DeletionOut: {
            /**
             * Object
             * @default document_deletion
             * @constant
             */
            object: "document_deletion";
            /**
             * Deleted
             * @description Ids of documents that are gone now.
             */
            deleted: string[];
            /**
             * Unknown
             * @description Ids of no document of yours.
             */
            unknown: string[];
        };
        /** DeliveryOut */
        DeliveryOut: {
            /**
             * Id
             * @description Also in the header `webhook-id`; the same at every attempt.
             */
            id: string;
            /**
             * Object
             * @default webhook_delivery
             * @constant
             */
            object: "webhook_delivery";
            /** Webhook Id */
            webhook_id: string;
            /** Event */
            event: string;
            /**
             * Data
             * @description What is sent as `data`.
             */
            data: {
                [key: string]: unknown;
            };
            status: components["schemas"]["DeliveryStatus"];
            /** Attempts */
            attempts: number;
            /**
             * Response Status
             * @description Of the last attempt; null if no response came.
             */
            response_status: number | null;
            /**
             * Error
             * @description Why the last attempt failed.
             */
            error: string | null;
            /** Created At */
            created_at: string;
            /** Finished At */
            finished_at: string | null;
        };
        /**
         * DeliveryStatus
         * @enum {string}
         */
        DeliveryStatus: "pending" | "delivered" | "failed";
        /**
         * DocumentChangesIn
         * @description At least one field. What is left out stays as it is.
         * @example {
         *       "metadata": {
         *         "department": "archive",
         *         "year": 2026
         *       }
         *     }
         * @example {
         *       "filename": "report-2026.pdf"
         *     }
         */
        DocumentChangesIn: {
            /**
             * Metadata
             * @description Replaces the metadata that filters use.
             */
            metadata?: {
                [key: string]: string | boolean | number;
            } | null;
            /**
             * Filename
             * @description Another name, without folders.
             */
            filename?: string | null;
            /**
             * Collection
             * @description The collection to move the document to.
             */
            collection?: string | null;
            /** @description Replaces the groups whose members see the document. */
            access?: components["schemas"]["AccessIn"] | null;
        };
        /**
         * DocumentOut
         * @example {
         *       "access": {
         *         "groups": [
         *           "staff"
         *         ]
         *       },
         *       "bytes": 25354,
         *       "chunks": 40,
         *       "collection": "default",
         *       "created_at": "2026-01-31T12:00:00Z",
         *       "filename": "handbook.pdf",
         *       "id": "doc_5d41402abc4b2a76b9719d91",
         *       "job_id": "job_7d793037a0760186574b0282",
         *       "live_version": 1,
         *       "media_type": "application/pdf",
         *       "metadata": {
         *         "department": "HR"
         *       },
         *       "object": "document",
         *       "pages": 12,
         *       "progress": 1,
         *       "ready_at": "2026-01-31T12:00:03Z",
         *       "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
         *       "status": "ready",
         *       "version": 1,
         *       "warnings": [
         *         {
         *           "code": "pages_not_read",
         *           "message": "Page 12 is a picture whose text is not read."
         *         }
         *       ]
         *     }
         */
        DocumentOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default document
             * @constant
             */
            object: "document";
            /** Filename */
            filename: string;
            /** Collection */
            collection: string;
            /**
             * Version
             * @description The version uploaded last, which the fields below describe.
             */
            version: number;
            /**
             * Live Version
             * @description The version that answers now.
             */
            live_version: number | null;
            status: components["schemas"]["DocumentStatus"];
            /** Progress */
            progress: number;
            /** @description Progress within `parsing` or `embedding`; null before it is known. */
            stage: components["schemas"]["StageOut"] | null;
            /** @description Why it failed or was cancelled. */
            error: components["schemas"]["FailureOut"] | null;
            /**
             * Warnings
             * @description What is missing, or hidden in the file. Empty: all was read.
             */
            warnings: components["schemas"]["WarningOut"][];
            /**
             * Media Type
             * @description Detected from the content, not from what the upload declared.
             */
            media_type: string;
            /** Bytes */
            bytes: number;
            /** Sha256 */
            sha256: string;
            /** Pages */
            pages: number | null;
            /** Chunks */
            chunks: number | null;
            /** Metadata */
            metadata: {
                [key: string]: unknown;
            };
            /** @description Who sees the document, in all its versions, if they see its collection. */
            access: components["schemas"]["AccessOut"];
            /** Job Id */
            job_id: string | null;
            /**
             * External Id
             * @description Your own key, of a document that was put under one.
             */
            external_id: string | null;
            /** Created At */
            created_at: string;
            /** Ready At */
            ready_at: string | null;
        };
        /**
         * DocumentStatus
         * @enum {string}
         */
        DocumentStatus: "queued" | "parsing" | "chunking" | "embedding" | "ready" | "failed" | "cancelled";
        /**
         * Doubt
         * @description What of a sentence its source does not confirm.
         * @enum {string}
         */
        Doubt: "number_not_in_source" | "unit_not_in_source" | "date_not_in_source" | "year_differs" | "name_not_in_source" | "negation_differs" | "subject_not_in_source" | "sources_disagree" | "other_language" | "review_disagrees" | "weak_support" | "no_source" | "question";
        /**
         * EditIn
         * @description What is left out is as in the request before.
         * @example {
         *       "message": "When does the museum open on Sundays?"
         *     }
         */
        EditIn: {
            /**
             * Adapter
             * @description "name", "name@version" or "base"; your active adapter if left out, which is the starter at first.
             */
            adapter?: string | null;
            /**
             * Collections
             * @description Look only in these; all if left out.
             * @default []
             */
            collections?: string[];
            /**
             * Filters
             * @description On document metadata, before ranking: `{"kind": "law", "year": {"gte": 2020}}`; all must hold. Operators: eq, ne, gt, gte, lt, lte, in, nin; `and` and `or` take lists of filters.
             * @default {}
             */
            filters?: {
                [key: string]: unknown;
            };
            /**
             * K
             * @description Passages to look for.
             */
            k?: number | null;
            /**
             * Stream
             * @description Answer as server-sent events.
             * @default false
             */
            stream?: boolean;
            /**
             * Language
             * @description Of the answer; the question's if left out.
             */
            language?: ("en" | "de" | "es" | "fr" | "it" | "pt") | null;
            /**
             * Max Tokens
             * @description Longest answer, in tokens; as long as the message needs if left out.
             */
            max_tokens?: number | null;
            /**
             * Temperature
             * @description 0 is deterministic.
             * @default 0
             */
            temperature?: number;
            /**
             * Top P
             * @default 1
             */
            top_p?: number;
            /**
             * Seed
             * @description Repeats a sampled answer.
             */
            seed?: number | null;
            /**
             * Boxes
             * @description Give the places of the quotes on the pages of PDFs and pictures. It may take seconds; `GET /api/v1/documents/{document_id}/quote-boxes` gives them later.
             * @default false
             */
            boxes?: boolean;
            /**
             * Stop
             * @description End the answer before any of these.
             * @default []
             */
            stop?: string[];
            /**
             * Message
             * @description The question.
             */
            message: string;
        };
        /** EmbeddingListOut */
        EmbeddingListOut: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["EmbeddingOut"][];
            /** Model */
            model: string;
            usage: components["schemas"]["EmbeddingsUsageOut"];
        };
        /** EmbeddingOut */
        EmbeddingOut: {
            /**
             * Object
             * @default embedding
             * @constant
             */
            object: "embedding";
            /** Index */
            index: number;
            /**
             * Embedding
             * @description L2 norm 1; as numbers or as base64.
             */
            embedding: number[] | string;
        };
        /**
         * EmbeddingsIn
         * @example {
         *       "input": [
         *         "The museum opens at ten."
         *       ],
         *       "model": "loracle-embeddings"
         *     }
         */
        EmbeddingsIn: {
            /**
             * Model
             * @description A name of `GET /v1/models`.
             */
            model: string;
            /**
             * Input
             * @description A text or a list of texts; token ids are refused.
             */
            input: string | unknown[];
            /**
             * Encoding Format
             * @description `base64`: little-endian 32-bit floats. `float` if left out.
             */
            encoding_format?: ("float" | "base64") | null;
            /**
             * Dimensions
             * @description Only the model's own number.
             */
            dimensions?: number | null;
            /**
             * Input Type
             * @description What the texts are: questions or passages, which models embed differently. `passage` if left out.
             */
            input_type?: ("query" | "passage") | null;
        };
        /** EmbeddingsOut */
        EmbeddingsOut: {
            /**
             * Model
             * @description The model that searches use; null before the first document.
             */
            model: string | null;
            /** @description Another model, while documents get its vectors beside those in use. Searches change to it at once when all documents are ready. Null if there is none. */
            coming: components["schemas"]["ComingModelOut"] | null;
        };
        /** EmbeddingsUsageOut */
        EmbeddingsUsageOut: {
            /** Prompt Tokens */
            prompt_tokens: number;
            /** Total Tokens */
            total_tokens: number;
        };
        /** ErrorDetail */
        ErrorDetail: {
            /**
             * Message
             * @description What is wrong and what to do about it.
             */
            message: string;
            /**
             * Type
             * @description The kind of error.
             * @example invalid_request_error
             */
            type: string;
            /**
             * Param
             * @description The field that is wrong, if one is.
             */
            param: string | null;
            /**
             * Code
             * @description Stable and machine-readable.
             * @example not_found
             */
            code: string;
        };
        /** ErrorEnvelope */
        ErrorEnvelope: {
            error: components["schemas"]["ErrorDetail"];
            /**
             * Request Id
             * @description Also in X-Request-Id; quote it when you ask for help.
             */
            request_id: string;
        };
        /** EstimateOut */
        EstimateOut: {
            /**
             * Object
             * @default training.estimate
             * @constant
             */
            object: "training.estimate";
            /** Steps */
            steps: number;
            /**
             * Tokens
             * @description Read over all epochs.
             */
            tokens: number;
            /** Seconds */
            seconds: number;
            /** Cpu Seconds */
            cpu_seconds: number;
            /**
             * Search Seconds
             * @description Of these, at most, for the search.
             */
            search_seconds: number;
            /**
             * Trained Parameters
             * @description How many numbers the method learns.
             */
            trained_parameters: number;
            /**
             * Trained Memory Mb
             * @description What they take beside the base: themselves, gradients, the optimizer's moments, the best so far.
             */
            trained_memory_mb: number;
            /**
             * Basis
             * @description By the last training here, or by a product timed now.
             * @enum {string}
             */
            basis: "measured" | "estimated";
        };
        /** EvaluationOut */
        EvaluationOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default evaluation
             * @constant
             */
            object: "evaluation";
            /**
             * Name
             * @description Of the file of questions.
             */
            name: string;
            /**
             * Adapter
             * @description `name@version`; null: the base model.
             */
            adapter: string | null;
            status: components["schemas"]["JobStatus"];
            /** Progress */
            progress: number;
            /**
             * Scores
             * @description By part (`layer/set`), pooled by layer, and overall; `failed` counts cases.
             */
            scores: {
                [key: string]: unknown;
            };
            /** Error */
            error: {
                [key: string]: string | null;
            } | null;
            /** Created At */
            created_at: string;
            /** Finished At */
            finished_at: string | null;
        };
        /** EventOut */
        EventOut: {
            /** Id */
            id: number;
            /** Kind */
            kind: string;
            /** Message */
            message: string;
            /** Created At */
            created_at: string;
        };
        /** EventsOut */
        EventsOut: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["EventOut"][];
        };
        /** FailureOut */
        FailureOut: {
            /** Code */
            code: string;
            /** Message */
            message: string;
        };
        /**
         * FeedbackIn
         * @example {
         *       "rating": "up",
         *       "turn_id": "turn_9e107d9d372bb6826bd81d35"
         *     }
         */
        FeedbackIn: {
            /**
             * Turn Id
             * @description The `id` of a chat answer.
             */
            turn_id: string;
            rating: components["schemas"]["Rating"];
            /**
             * User
             * @description For keys: the end user who rates; the answer is theirs.
             */
            user?: string | null;
            /**
             * Corrected Answer
             * @description What the answer should have been.
             */
            corrected_answer?: string | null;
            /** Comment */
            comment?: string | null;
        };
        /** FeedbackOut */
        FeedbackOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default feedback
             * @constant
             */
            object: "feedback";
            /** Turn Id */
            turn_id: string;
            /**
             * User
             * @description Who rated; null if a key named no user.
             */
            user: string | null;
            rating: components["schemas"]["Rating"];
            /** Corrected Answer */
            corrected_answer: string | null;
            /** Comment */
            comment: string | null;
            /**
             * Created At
             * @description When it was given or last changed.
             */
            created_at: string;
        };
        /**
         * FileCitationOut
         * @description A citation of a document, as an annotation. Offsets count Unicode code points; ends are exclusive.
         */
        FileCitationOut: {
            /**
             * Index
             * @description The quote's number, from 1. One citation a sentence; the same quote, the same number.
             */
            index: number;
            /** Chunk Id */
            chunk_id: string;
            /** Document Id */
            document_id: string;
            /** Filename */
            filename: string;
            /** Version */
            version: number;
            /**
             * Quote
             * @description Verbatim: the document's text[char_start:char_end].
             */
            quote: string;
            /**
             * Start
             * @description The sentence of `answer` that rests on the quote, in Unicode code points.
             */
            start: number;
            /** End */
            end: number;
            /**
             * Start Utf16
             * @description The same in UTF-16 code units, as JavaScript and Java count.
             */
            start_utf16: number;
            /** End Utf16 */
            end_utf16: number;
            /** Page Start */
            page_start: number | null;
            /** Page End */
            page_end: number | null;
            /** Char Start */
            char_start: number;
            /** Char End */
            char_end: number;
            /**
             * Char Start Utf16
             * @description `char_start` in UTF-16 code units.
             */
            char_start_utf16: number;
            /** Char End Utf16 */
            char_end_utf16: number;
            /** Score */
            score: number;
            /**
             * Verified
             * @description `support` is "verified".
             */
            verified: boolean;
            /** @description "verified": the quote holds every number, date, name and the sense of the sentence, and what the question asks about. "supported": it is near, and `reason` says what it does not confirm. */
            support: components["schemas"]["Support"];
            /** @description Why it is not verified; null if it is. */
            reason: components["schemas"]["Doubt"] | null;
            /**
             * Conflicts
             * @description Other documents of the answer that give another figure.
             */
            conflicts: components["schemas"]["ConflictOut"][];
            /**
             * Boxes
             * @description With `boxes` in the request: around each line of the quote, in points of the page as it is shown, from its upper left corner. Empty if it was not found on a page; null if it was not looked for.
             */
            boxes: components["schemas"]["QuoteBoxOut"][] | null;
            /**
             * Type
             * @default file_citation
             * @constant
             */
            type: "file_citation";
            /**
             * File Id
             * @description The file that the document is of; as `document_id` if it is of none.
             * @default
             */
            file_id: string;
            /**
             * Start Index
             * @description As `start`.
             */
            readonly start_index: number;
            /**
             * End Index
             * @description As `end`.
             */
            readonly end_index: number;
        };
        /** FileCountsOut */
        FileCountsOut: {
            /** In Progress */
            in_progress: number;
            /** Completed */
            completed: number;
            /** Failed */
            failed: number;
            /** Cancelled */
            cancelled: number;
            /** Total */
            total: number;
        };
        /** FileDeletedOut */
        FileDeletedOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default file
             * @constant
             */
            object: "file";
            /**
             * Deleted
             * @default true
             * @constant
             */
            deleted: true;
        };
        /** FileOut */
        FileOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default file
             * @constant
             */
            object: "file";
            /** Bytes */
            bytes: number;
            /**
             * Created At
             * @description Seconds since 1970.
             */
            created_at: number;
            /** Filename */
            filename: string;
            purpose: components["schemas"]["FilePurpose"];
            /**
             * Status
             * @default processed
             * @constant
             */
            status: "processed";
            /** Status Details */
            status_details: string | null;
            /** Expires At */
            expires_at: string | null;
            /**
             * Media Type
             * @description Detected from the content.
             */
            media_type: string;
            /**
             * Dataset Id
             * @description The dataset that the rows of a file to train on became.
             */
            dataset_id: string | null;
        };
        /**
         * FilePurpose
         * @enum {string}
         */
        FilePurpose: "assistants" | "user_data" | "fine-tune";
        /** FileSearchCallOut */
        FileSearchCallOut: {
            /** Id */
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "file_search_call";
            /**
             * Status
             * @enum {string}
             */
            status: "in_progress" | "searching" | "completed";
            /** Queries */
            queries: string[];
            /**
             * Results
             * @description With `include`, in the answer itself; not kept, so null when the response is retrieved.
             */
            results: components["schemas"]["FoundFileOut"][] | null;
        };
        /** FileTextOut */
        FileTextOut: {
            /**
             * Object
             * @default vector_store.file_content.page
             * @constant
             */
            object: "vector_store.file_content.page";
            /** Data */
            data: components["schemas"]["TextContentOut"][];
            /**
             * Has More
             * @default false
             * @constant
             */
            has_more: false;
            /** Next Page */
            next_page: string | null;
        };
        /**
         * FineTuningJobIn
         * @example {
         *       "model": "loracle-base",
         *       "suffix": "support",
         *       "training_file": "ds_5d41402abc4b2a76b9719d91"
         *     }
         */
        FineTuningJobIn: {
            /**
             * Model
             * @description `loracle-base`: adapters are trained over the base model.
             */
            model: string;
            /**
             * Training File
             * @description Id of a file with the purpose `fine-tune`, or of a dataset.
             */
            training_file: string;
            /**
             * Suffix
             * @description Name of the adapter; of the file if left out. Each training is a new version.
             */
            suffix?: string | null;
            method?: components["schemas"]["MethodIn"] | null;
            /** @description Older place of `method`'s. */
            hyperparameters?: components["schemas"]["HyperparametersIn"] | null;
            /** @description Hyper-parameters of `POST /api/v1/training/jobs`, which come before those of `method`. */
            recipe?: components["schemas"]["RecipeIn"] | null;
            /** Seed */
            seed?: number | null;
            /** Metadata */
            metadata?: {
                [key: string]: string;
            } | null;
            /**
             * Validation File
             * @description Refused: a part of the rows is kept out by itself.
             */
            validation_file?: string | null;
            /**
             * Integrations
             * @description Refused.
             */
            integrations?: unknown[] | null;
        };
        /** FineTuningJobOut */
        FineTuningJobOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default fine_tuning.job
             * @constant
             */
            object: "fine_tuning.job";
            /**
             * Created At
             * @description Seconds since 1970.
             */
            created_at: number;
            /** Finished At */
            finished_at: number | null;
            /** Estimated Finish */
            estimated_finish: number | null;
            status: components["schemas"]["TrainingStatus"];
            error: components["schemas"]["JobErrorOut"] | null;
            /** Model */
            model: string;
            /**
             * Fine Tuned Model
             * @description name@version of the adapter: a model that you can name. It answers others once it is activated.
             */
            fine_tuned_model: string | null;
            /**
             * Organization Id
             * @description Of your tenant.
             */
            organization_id: string;
            /** Training File */
            training_file: string;
            /** Validation File */
            validation_file: string | null;
            /**
             * Result Files
             * @default []
             */
            result_files: string[];
            /**
             * Integrations
             * @default []
             */
            integrations: unknown[];
            hyperparameters: components["schemas"]["HyperparametersOut"];
            method: components["schemas"]["MethodOut"];
            /** Seed */
            seed: number;
            /** Trained Tokens */
            trained_tokens: number | null;
            /** Metadata */
            metadata: {
                [key: string]: string;
            };
            /**
             * Suffix
             * @description Name of the adapter.
             */
            suffix: string;
            /**
             * Recipe
             * @description All hyper-parameters.
             */
            recipe: {
                [key: string]: unknown;
            };
            /**
             * Evaluation Id
             * @description Of the gate, which decides whether the adapter may be activated.
             */
            evaluation_id: string | null;
        };
        /**
         * FoundFileOut
         * @description A passage that the search found.
         */
        FoundFileOut: {
            /** Chunk Id */
            chunk_id: string;
            /** Document Id */
            document_id: string;
            /** Filename */
            filename: string;
            /** Version */
            version: number;
            /** Text */
            text: string;
            /**
             * Score
             * @description Fused score, 0 to 1; orders the passages of one answer.
             */
            score: number;
            /** Page Start */
            page_start: number | null;
            /** Page End */
            page_end: number | null;
            /**
             * Char Start
             * @description Offset into the document's text, in Unicode code points.
             */
            char_start: number;
            /** Char End */
            char_end: number;
            /**
             * Char Start Utf16
             * @description `char_start` in UTF-16 code units, as JavaScript and Java count.
             */
            char_start_utf16: number;
            /** Char End Utf16 */
            char_end_utf16: number;
            /** Heading */
            heading: string;
            /** File Id */
            file_id: string;
            /** Attributes */
            attributes: {
                [key: string]: unknown;
            };
        };
        /**
         * FoundPassageOut
         * @description A passage, in the form of a search result.
         */
        FoundPassageOut: {
            /** Chunk Id */
            chunk_id: string;
            /** Document Id */
            document_id: string;
            /** Filename */
            filename: string;
            /** Version */
            version: number;
            /** Text */
            text: string;
            /**
             * Score
             * @description Fused score, 0 to 1; orders the passages of one answer.
             */
            score: number;
            /** Page Start */
            page_start: number | null;
            /** Page End */
            page_end: number | null;
            /**
             * Char Start
             * @description Offset into the document's text, in Unicode code points.
             */
            char_start: number;
            /** Char End */
            char_end: number;
            /**
             * Char Start Utf16
             * @description `char_start` in UTF-16 code units, as JavaScript and Java count.
             */
            char_start_utf16: number;
            /** Char End Utf16 */
            char_end_utf16: number;
            /** Heading */
            heading: string;
            /** File Id */
            file_id: string;
            /** Attributes */
            attributes: {
                [key: string]: unknown;
            };
            /** Content */
            content: components["schemas"]["TextContentOut"][];
        };
        /**
         * FromDocumentsIn
         * @example {
         *       "name": "handbook",
         *       "rows": 100
         *     }
         */
        FromDocumentsIn: {
            /**
             * Name
             * @description Of the dataset.
             */
            name: string;
            /**
             * Rows
             * @description At most.
             * @default 200
             */
            rows?: number;
            /**
             * Passages
             * @description In a row, at most: one that holds the answer, and distractors.
             * @default 3
             */
            passages?: number;
            /**
             * Refusals
             * @description Share of rows whose passages do not hold the answer.
             * @default 0.2
             */
            refusals?: number;
            /**
             * Collections
             * @default []
             */
            collections?: string[];
            /**
             * Seed
             * @default 0
             */
            seed?: number;
        };
        /**
         * FromFeedbackIn
         * @example {
         *       "name": "corrections"
         *     }
         */
        FromFeedbackIn: {
            /**
             * Name
             * @description Of the dataset.
             */
            name: string;
        };
        /**
         * FromUrlIn
         * @example {
         *       "url": "https://example.org/handbook.pdf"
         *     }
         */
        FromUrlIn: {
            /**
             * Url
             * @description http or https, of a public host.
             */
            url: string;
            /**
             * Collection
             * @default default
             */
            collection?: string;
            /**
             * Metadata
             * @default {}
             */
            metadata?: {
                [key: string]: string | boolean | number;
            };
            /** @description Who sees the document; left out: as before, else everybody. */
            access?: components["schemas"]["AccessIn"] | null;
        };
        /**
         * GateVerdict
         * @enum {string}
         */
        GateVerdict: "better" | "not worse" | "inconclusive" | "worse";
        /** Health */
        Health: {
            /**
             * Status
             * @example ok
             */
            status: string;
        };
        /** HistoryOut */
        HistoryOut: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["ActivationOut"][];
        };
        /**
         * HyperparameterSearchIn
         * @description Successive halving over a small grid: the loss on the rows held out decides.
         */
        HyperparameterSearchIn: {
            /**
             * Grid
             * @description Values to try, by hyper-parameter: learning_rate, rank, alpha, rslora, init, lora_plus_ratio, weight_decay, dropout, rows_per_step, warmup, clip, initial_rank, orthogonality. At most 64 recipes.
             */
            grid: {
                [key: string]: (boolean | number | string | null)[];
            };
            /** @default {} */
            budget?: components["schemas"]["SearchBudgetIn"];
        };
        /** HyperparameterSearchOut */
        HyperparameterSearchOut: {
            /** Grid */
            grid: {
                [key: string]: (boolean | number | string | null)[];
            };
            /** Budget */
            budget: {
                [key: string]: number | null;
            };
            /** Trials */
            trials: components["schemas"]["TrialOut"][];
            /**
             * Training
             * @description Number of the trial that trains now.
             */
            training: number | null;
            /**
             * Chosen
             * @description Number of a trial; 0: the recipe as asked for; null: not yet.
             */
            chosen: number | null;
            /**
             * Spent
             * @description The part of the budget that ended the search.
             */
            spent: ("minutes" | "tokens") | null;
            /**
             * Step
             * @description Of all trials together.
             */
            step: number;
            /** Steps */
            steps: number;
            /** Seconds */
            seconds: number;
        };
        /** HyperparametersIn */
        HyperparametersIn: {
            /** N Epochs */
            n_epochs?: number | "auto" | null;
            /** Batch Size */
            batch_size?: number | "auto" | null;
            /** Learning Rate Multiplier */
            learning_rate_multiplier?: number | "auto" | null;
        };
        /** HyperparametersOut */
        HyperparametersOut: {
            /** N Epochs */
            n_epochs: number;
            /** Batch Size */
            batch_size: number;
            /** Learning Rate Multiplier */
            learning_rate_multiplier: number;
        };
        /** IncompleteOut */
        IncompleteOut: {
            /**
             * Reason
             * @default max_output_tokens
             * @constant
             */
            reason: "max_output_tokens";
        };
        /**
         * InputItemIn
         * @description A message; what an answer's `output` has beside messages may be sent back, too, and is not read.
         */
        InputItemIn: {
            /** Type */
            type?: string | null;
            /** Role */
            role?: string | null;
            /** Content */
            content?: string | components["schemas"]["ContentPartIn"][] | null;
        };
        /** InputMessageOut */
        InputMessageOut: {
            /** Id */
            id: string;
            /**
             * Type
             * @default message
             * @constant
             */
            type: "message";
            /**
             * Role
             * @enum {string}
             */
            role: "user" | "assistant" | "system";
            /**
             * Status
             * @default completed
             * @constant
             */
            status: "completed";
            /** Content */
            content: (components["schemas"]["InputTextOut"] | components["schemas"]["OutputTextOut"])[];
        };
        /** InputTextOut */
        InputTextOut: {
            /**
             * Type
             * @default input_text
             * @constant
             */
            type: "input_text";
            /** Text */
            text: string;
        };
        /**
         * ItemEventOut
         * @description An item of the output begins or is whole.
         */
        ItemEventOut: {
            /**
             * Type
             * @enum {string}
             */
            type: "response.output_item.added" | "response.output_item.done";
            /** Sequence Number */
            sequence_number: number;
            /** Output Index */
            output_index: number;
            /** Item */
            item: components["schemas"]["FileSearchCallOut"] | components["schemas"]["OutputMessageOut"];
        };
        /** ItemList[CheckpointOut] */
        ItemList_CheckpointOut_: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["CheckpointOut"][];
            /**
             * Has More
             * @description There are more: ask again with `after`.
             */
            has_more: boolean;
            /**
             * First Id
             * @description Id of the first item.
             */
            readonly first_id: string | null;
            /**
             * Last Id
             * @description Id of the last item: `after` of the next page.
             */
            readonly last_id: string | null;
        };
        /** ItemList[FileOut] */
        ItemList_FileOut_: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["FileOut"][];
            /**
             * Has More
             * @description There are more: ask again with `after`.
             */
            has_more: boolean;
            /**
             * First Id
             * @description Id of the first item.
             */
            readonly first_id: string | null;
            /**
             * Last Id
             * @description Id of the last item: `after` of the next page.
             */
            readonly last_id: string | null;
        };
        /** ItemList[FineTuningJobOut] */
        ItemList_FineTuningJobOut_: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["FineTuningJobOut"][];
            /**
             * Has More
             * @description There are more: ask again with `after`.
             */
            has_more: boolean;
            /**
             * First Id
             * @description Id of the first item.
             */
            readonly first_id: string | null;
            /**
             * Last Id
             * @description Id of the last item: `after` of the next page.
             */
            readonly last_id: string | null;
        };
        /** ItemList[InputMessageOut] */
        ItemList_InputMessageOut_: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["InputMessageOut"][];
            /**
             * Has More
             * @description There are more: ask again with `after`.
             */
            has_more: boolean;
            /**
             * First Id
             * @description Id of the first item.
             */
            readonly first_id: string | null;
            /**
             * Last Id
             * @description Id of the last item: `after` of the next page.
             */
            readonly last_id: string | null;
        };
        /** ItemList[JobEventOut] */
        ItemList_JobEventOut_: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["JobEventOut"][];
            /**
             * Has More
             * @description There are more: ask again with `after`.
             */
            has_more: boolean;
            /**
             * First Id
             * @description Id of the first item.
             */
            readonly first_id: string | null;
            /**
             * Last Id
             * @description Id of the last item: `after` of the next page.
             */
            readonly last_id: string | null;
        };
        /** ItemList[StoreFileOut] */
        ItemList_StoreFileOut_: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["StoreFileOut"][];
            /**
             * Has More
             * @description There are more: ask again with `after`.
             */
            has_more: boolean;
            /**
             * First Id
             * @description Id of the first item.
             */
            readonly first_id: string | null;
            /**
             * Last Id
             * @description Id of the last item: `after` of the next page.
             */
            readonly last_id: string | null;
        };
        /** ItemList[VectorStoreOut] */
        ItemList_VectorStoreOut_: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["VectorStoreOut"][];
            /**
             * Has More
             * @description There are more: ask again with `after`.
             */
            has_more: boolean;
            /**
             * First Id
             * @description Id of the first item.
             */
            readonly first_id: string | null;
            /**
             * Last Id
             * @description Id of the last item: `after` of the next page.
             */
            readonly last_id: string | null;
        };
        /** JobErrorOut */
        JobErrorOut: {
            /** Code */
            code: string;
            /** Message */
            message: string;
            /** Param */
            param: string | null;
        };
        /** JobEventOut */
        JobEventOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default fine_tuning.job.event
             * @constant
             */
            object: "fine_tuning.job.event";
            /**
             * Created At
             * @description Seconds since 1970.
             */
            created_at: number;
            /**
             * Level
             * @enum {string}
             */
            level: "info" | "warn" | "error";
            /** Message */
            message: string;
            /**
             * Type
             * @default message
             * @constant
             */
            type: "message";
            /** Data */
            data: {
                [key: string]: unknown;
            };
        };
        /**
         * JobStatus
         * @enum {string}
         */
        JobStatus: "queued" | "running" | "succeeded" | "failed" | "cancelled";
        /**
         * KeyIn
         * @example {
         *       "label": "front end",
         *       "tenant_id": "ten_..."
         *     }
         */
        KeyIn: {
            /** Tenant Id */
            tenant_id: string;
            /**
             * Label
             * @default
             */
            label?: string;
            /**
             * Scopes
             * @default [
             *       "read",
             *       "write"
             *     ]
             */
            scopes?: components["schemas"]["Scope"][];
        };
        /** KeyOut */
        KeyOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default key
             * @constant
             */
            object: "key";
            /** Tenant Id */
            tenant_id: string;
            /** Label */
            label: string;
            /**
             * Prefix
             * @description How the key begins.
             */
            prefix: string;
            /** Scopes */
            scopes: string[];
            /** Created At */
            created_at: string;
            /** Revoked At */
            revoked_at: string | null;
        };
        /**
         * KeyedTextIn
         * @example {
         *       "metadata": {
         *         "source": "handbook"
         *       },
         *       "text": "# Opening hours\n\nWe open at ten."
         *     }
         */
        KeyedTextIn: {
            /**
             * Text
             * @description The whole text. Other text than before: a new version.
             */
            text: string;
            /**
             * Filename
             * @description Its ending says how the text is read: .md, .txt, .html, .csv, .json and other text formats. Left out: as before; of a new document the key, as Markdown unless the key has such an ending.
             */
            filename?: string | null;
            /**
             * Collection
             * @description Left out: as before, or "default".
             */
            collection?: string | null;
            /**
             * Metadata
             * @description Empty: as before.
             * @default {}
             */
            metadata?: {
                [key: string]: string | boolean | number;
            };
            /** @description Who sees the document; left out: as before, else everybody. */
            access?: components["schemas"]["AccessIn"] | null;
        };
        /** LastErrorOut */
        LastErrorOut: {
            /**
             * Code
             * @enum {string}
             */
            code: "server_error" | "unsupported_file" | "invalid_file";
            /** Message */
            message: string;
            /**
             * Reason
             * @description The document's error code.
             */
            reason: string;
        };
        /** LineageOut */
        LineageOut: {
            origin: components["schemas"]["AdapterOrigin"];
            /**
             * Parents
             * @description name@version of the adapters it was made from.
             */
            parents: string[];
            /**
             * Sources
             * @description Documents that it learned from.
             */
            sources: components["schemas"]["SourceOut"][];
        };
        /**
         * LinkIn
         * @example {
         *       "kind": "file"
         *     }
         * @example {
         *       "kind": "page_text",
         *       "page": 1
         *     }
         */
        LinkIn: {
            /**
             * Kind
             * @description The original file, the picture of a page, or its text as a page.
             * @enum {string}
             */
            kind: "file" | "page_image" | "page_text";
            /**
             * Page
             * @description From 1; of a link to a page.
             */
            page?: number | null;
            /**
             * Version
             * @description Left out: the live version; of a file the one uploaded last.
             */
            version?: number | null;
            /**
             * Width
             * @description Of the picture, in pixels.
             * @default 1000
             */
            width?: number;
            /**
             * Start
             * @description Of a range of the document's text to mark on the page.
             * @default 0
             */
            start?: number;
            /**
             * End
             * @description Of a range of the document's text to mark on the page.
             * @default 0
             */
            end?: number;
            /**
             * Ttl S
             * @description Seconds until the link ends.
             * @default 300
             */
            ttl_s?: number;
        };
        /** LinkOut */
        LinkOut: {
            /**
             * Object
             * @default link
             * @constant
             */
            object: "link";
            /**
             * Kind
             * @enum {string}
             */
            kind: "file" | "page_image" | "page_text";
            /** Document Id */
            document_id: string;
            /**
             * Version
             * @description The link opens this version, whatever comes later.
             */
            version: number;
            /**
             * Url
             * @description On this service's host. Whoever has it can open it, without a key.
             */
            url: string;
            /** Expires At */
            expires_at: string;
        };
        /** Listing[AccessTokenOut] */
        Listing_AccessTokenOut_: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["AccessTokenOut"][];
            /**
             * Next Cursor
             * @description `after` of the next page, also if items were deleted meanwhile; null on the last page.
             */
            next_cursor: string | null;
            /** Has More */
            has_more: boolean;
            /**
             * Total
             * @description Items of the whole list, on all its pages.
             */
            total: number;
            /**
             * First Id
             * @description Id of the first item.
             */
            readonly first_id: string | null;
            /**
             * Last Id
             * @description Id of the last item; also accepted as `after`, as long as the item is there.
             */
            readonly last_id: string | null;
        };
        /** Listing[AdapterEvaluationOut] */
        Listing_AdapterEvaluationOut_: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["AdapterEvaluationOut"][];
            /**
             * Next Cursor
             * @description `after` of the next page, also if items were deleted meanwhile; null on the last page.
             */
            next_cursor: string | null;
            /** Has More */
            has_more: boolean;
            /**
             * Total
             * @description Items of the whole list, on all its pages.
             */
            total: number;
            /**
             * First Id
             * @description Id of the first item.
             */
            readonly first_id: string | null;
            /**
             * Last Id
             * @description Id of the last item; also accepted as `after`, as long as the item is there.
             */
            readonly last_id: string | null;
        };
        /** Listing[AdapterOut] */
        Listing_AdapterOut_: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["AdapterOut"][];
            /**
             * Next Cursor
             * @description `after` of the next page, also if items were deleted meanwhile; null on the last page.
             */
            next_cursor: string | null;
            /** Has More */
            has_more: boolean;
            /**
             * Total
             * @description Items of the whole list, on all its pages.
             */
            total: number;
            /**
             * First Id
             * @description Id of the first item.
             */
            readonly first_id: string | null;
            /**
             * Last Id
             * @description Id of the last item; also accepted as `after`, as long as the item is there.
             */
            readonly last_id: string | null;
        };
        /** Listing[ChunkOut] */
        Listing_ChunkOut_: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["ChunkOut"][];
            /**
             * Next Cursor
             * @description `after` of the next page, also if items were deleted meanwhile; null on the last page.
             */
            next_cursor: string | null;
            /** Has More */
            has_more: boolean;
            /**
             * Total
             * @description Items of the whole list, on all its pages.
             */
            total: number;
            /**
             * First Id
             * @description Id of the first item.
             */
            readonly first_id: string | null;
            /**
             * Last Id
             * @description Id of the last item; also accepted as `after`, as long as the item is there.
             */
            readonly last_id: string | null;
        };
        /** Listing[ConversationOut] */
        Listing_ConversationOut_: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["ConversationOut"][];
            /**
             * Next Cursor
             * @description `after` of the next page, also if items were deleted meanwhile; null on the last page.
             */
            next_cursor: string | null;
            /** Has More */
            has_more: boolean;
            /**
             * Total
             * @description Items of the whole list, on all its pages.
             */
            total: number;
            /**
             * First Id
             * @description Id of the first item.
             */
            readonly first_id: string | null;
            /**
             * Last Id
             * @description Id of the last item; also accepted as `after`, as long as the item is there.
             */
            readonly last_id: string | null;
        };
        /** Listing[DatasetOut] */
        Listing_DatasetOut_: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["DatasetOut"][];
            /**
             * Next Cursor
             * @description `after` of the next page, also if items were deleted meanwhile; null on the last page.
             */
            next_cursor: string | null;
            /** Has More */
            has_more: boolean;
            /**
             * Total
             * @description Items of the whole list, on all its pages.
             */
            total: number;
            /**
             * First Id
             * @description Id of the first item.
             */
            readonly first_id: string | null;
            /**
             * Last Id
             * @description Id of the last item; also accepted as `after`, as long as the item is there.
             */
            readonly last_id: string | null;
        };
        /** Listing[DeliveryOut] */
        Listing_DeliveryOut_: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["DeliveryOut"][];
            /**
             * Next Cursor
             * @description `after` of the next page, also if items were deleted meanwhile; null on the last page.
             */
            next_cursor: string | null;
            /** Has More */
            has_more: boolean;
            /**
             * Total
             * @description Items of the whole list, on all its pages.
             */
            total: number;
            /**
             * First Id
             * @description Id of the first item.
             */
            readonly first_id: string | null;
            /**
             * Last Id
             * @description Id of the last item; also accepted as `after`, as long as the item is there.
             */
            readonly last_id: string | null;
        };
        /** Listing[DocumentOut] */
        Listing_DocumentOut_: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["DocumentOut"][];
            /**
             * Next Cursor
             * @description `after` of the next page, also if items were deleted meanwhile; null on the last page.
             */
            next_cursor: string | null;
            /** Has More */
            has_more: boolean;
            /**
             * Total
             * @description Items of the whole list, on all its pages.
             */
            total: number;
            /**
             * First Id
             * @description Id of the first item.
             */
            readonly first_id: string | null;
            /**
             * Last Id
             * @description Id of the last item; also accepted as `after`, as long as the item is there.
             */
            readonly last_id: string | null;
        };
        /** Listing[EvaluationOut] */
        Listing_EvaluationOut_: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["EvaluationOut"][];
            /**
             * Next Cursor
             * @description `after` of the next page, also if items were deleted meanwhile; null on the last page.
             */
            next_cursor: string | null;
            /** Has More */
            has_more: boolean;
            /**
             * Total
             * @description Items of the whole list, on all its pages.
             */
            total: number;
            /**
             * First Id
             * @description Id of the first item.
             */
            readonly first_id: string | null;
            /**
             * Last Id
             * @description Id of the last item; also accepted as `after`, as long as the item is there.
             */
            readonly last_id: string | null;
        };
        /** Listing[FeedbackOut] */
        Listing_FeedbackOut_: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["FeedbackOut"][];
            /**
             * Next Cursor
             * @description `after` of the next page, also if items were deleted meanwhile; null on the last page.
             */
            next_cursor: string | null;
            /** Has More */
            has_more: boolean;
            /**
             * Total
             * @description Items of the whole list, on all its pages.
             */
            total: number;
            /**
             * First Id
             * @description Id of the first item.
             */
            readonly first_id: string | null;
            /**
             * Last Id
             * @description Id of the last item; also accepted as `after`, as long as the item is there.
             */
            readonly last_id: string | null;
        };
        /** Listing[KeyOut] */
        Listing_KeyOut_: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["KeyOut"][];
            /**
             * Next Cursor
             * @description `after` of the next page, also if items were deleted meanwhile; null on the last page.
             */
            next_cursor: string | null;
            /** Has More */
            has_more: boolean;
            /**
             * Total
             * @description Items of the whole list, on all its pages.
             */
            total: number;
            /**
             * First Id
             * @description Id of the first item.
             */
            readonly first_id: string | null;
            /**
             * Last Id
             * @description Id of the last item; also accepted as `after`, as long as the item is there.
             */
            readonly last_id: string | null;
        };
        /** Listing[ResultOut] */
        Listing_ResultOut_: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["ResultOut"][];
            /**
             * Next Cursor
             * @description `after` of the next page, also if items were deleted meanwhile; null on the last page.
             */
            next_cursor: string | null;
            /** Has More */
            has_more: boolean;
            /**
             * Total
             * @description Items of the whole list, on all its pages.
             */
            total: number;
            /**
             * First Id
             * @description Id of the first item.
             */
            readonly first_id: string | null;
            /**
             * Last Id
             * @description Id of the last item; also accepted as `after`, as long as the item is there.
             */
            readonly last_id: string | null;
        };
        /** Listing[TenantOut] */
        Listing_TenantOut_: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["TenantOut"][];
            /**
             * Next Cursor
             * @description `after` of the next page, also if items were deleted meanwhile; null on the last page.
             */
            next_cursor: string | null;
            /** Has More */
            has_more: boolean;
            /**
             * Total
             * @description Items of the whole list, on all its pages.
             */
            total: number;
            /**
             * First Id
             * @description Id of the first item.
             */
            readonly first_id: string | null;
            /**
             * Last Id
             * @description Id of the last item; also accepted as `after`, as long as the item is there.
             */
            readonly last_id: string | null;
        };
        /** Listing[TrainingOut] */
        Listing_TrainingOut_: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["TrainingOut"][];
            /**
             * Next Cursor
             * @description `after` of the next page, also if items were deleted meanwhile; null on the last page.
             */
            next_cursor: string | null;
            /** Has More */
            has_more: boolean;
            /**
             * Total
             * @description Items of the whole list, on all its pages.
             */
            total: number;
            /**
             * First Id
             * @description Id of the first item.
             */
            readonly first_id: string | null;
            /**
             * Last Id
             * @description Id of the last item; also accepted as `after`, as long as the item is there.
             */
            readonly last_id: string | null;
        };
        /** Listing[TurnOut] */
        Listing_TurnOut_: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["TurnOut"][];
            /**
             * Next Cursor
             * @description `after` of the next page, also if items were deleted meanwhile; null on the last page.
             */
            next_cursor: string | null;
            /** Has More */
            has_more: boolean;
            /**
             * Total
             * @description Items of the whole list, on all its pages.
             */
            total: number;
            /**
             * First Id
             * @description Id of the first item.
             */
            readonly first_id: string | null;
            /**
             * Last Id
             * @description Id of the last item; also accepted as `after`, as long as the item is there.
             */
            readonly last_id: string | null;
        };
        /** Listing[WebhookOut] */
        Listing_WebhookOut_: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["WebhookOut"][];
            /**
             * Next Cursor
             * @description `after` of the next page, also if items were deleted meanwhile; null on the last page.
             */
            next_cursor: string | null;
            /** Has More */
            has_more: boolean;
            /**
             * Total
             * @description Items of the whole list, on all its pages.
             */
            total: number;
            /**
             * First Id
             * @description Id of the first item.
             */
            readonly first_id: string | null;
            /**
             * Last Id
             * @description Id of the last item; also accepted as `after`, as long as the item is there.
             */
            readonly last_id: string | null;
        };
        /**
         * LogprobsOut
         * @description Of the tokens as the model wrote them. The text of an answer from documents leaves out some of them, such as
         *     markers, and may go on with a quotation that the model did not write.
         */
        LogprobsOut: {
            /** Content */
            content: components["schemas"]["TokenLogprobOut"][];
            /** Refusal */
            refusal: string | null;
        };
        /** LossOut */
        LossOut: {
            /** Step */
            step: number;
            /**
             * Valid Loss
             * @description On the rows held out; null if it was no number.
             */
            valid_loss: number | null;
        };
        /** MeOut */
        MeOut: {
            /**
             * Object
             * @default me
             * @constant
             */
            object: "me";
            tenant: components["schemas"]["CallerTenantOut"];
            /** @description Null if you use a token. */
            key: components["schemas"]["CallerKeyOut"] | null;
            /**
             * Token Id
             * @description Null if you use a key.
             */
            token_id: string | null;
            /**
             * User
             * @description The end user that the token is for.
             */
            user: string | null;
            /** Scopes */
            scopes: string[];
            /**
             * Groups
             * @description Null: a key, which sees every document.
             */
            groups: string[] | null;
            /**
             * Collections
             * @description The only ones you see; null: all.
             */
            collections: string[] | null;
            /**
             * Adapter
             * @description The only one you may name; null: any.
             */
            adapter: string | null;
            /**
             * Limits
             * @description What is left of this minute; null: no limit.
             */
            limits: {
                [key: string]: components["schemas"]["RateStateOut"] | null;
            };
            /** @description Used since midnight UTC by your tenant; with a token, by its user. */
            today: components["schemas"]["AmountsOut"];
            /**
             * Languages
             * @description In which questions are understood and answers are given.
             */
            languages: string[];
            /**
             * Max Tokens
             * @description The most that one answer may have.
             */
            max_tokens: number;
        };
        /**
         * MergeIn
         * @example {
         *       "parts": [
         *         {
         *           "adapter": "style",
         *           "weight": 0.5
         *         }
         *       ]
         *     }
         */
        MergeIn: {
            /** Parts */
            parts: components["schemas"]["PartIn"][];
            /**
             * Rank
             * @description Approximate at this rank; else the sum is exact.
             */
            rank?: number | null;
        };
        /** MetadataConditionIn */
        MetadataConditionIn: {
            /** Logical Operator */
            logical_operator?: ("and" | "or") | null;
            /** Conditions */
            conditions?: components["schemas"]["ConditionIn"][] | null;
        };
        /** MethodIn */
        MethodIn: {
            /**
             * Type
             * @description `supervised` only.
             */
            type: string;
            supervised?: components["schemas"]["SupervisedIn"] | null;
        };
        /** MethodOut */
        MethodOut: {
            /**
             * Type
             * @default supervised
             * @constant
             */
            type: "supervised";
            supervised: components["schemas"]["SupervisedOut"];
        };
        /** ModelListOut */
        ModelListOut: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["ModelOut"][];
        };
        /** ModelOut */
        ModelOut: {
            /**
             * Id
             * @description Say this as `model`.
             */
            id: string;
            /**
             * Object
             * @default model
             * @constant
             */
            object: "model";
            /**
             * Created
             * @description Seconds since 1970.
             */
            created: number;
            /**
             * Owned By
             * @description `loracle`: it comes with the service; `tenant`: it is your own.
             */
            owned_by: string;
            /**
             * Documents
             * @description It answers from your documents, with citations.
             */
            documents: boolean;
            /**
             * Adapter
             * @description name@version that answers now; null for the base model.
             */
            adapter: string | null;
        };
        /** NewAccessTokenOut */
        NewAccessTokenOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default token
             * @constant
             */
            object: "token";
            /**
             * Key Id
             * @description The key that made it: it ends when this key is revoked.
             */
            key_id: string;
            /** User */
            user: string;
            /**
             * Prefix
             * @description How the token begins.
             */
            prefix: string;
            /** Scopes */
            scopes: string[];
            /** Groups */
            groups: string[];
            /** Collections */
            collections: string[] | null;
            /** Adapter */
            adapter: string | null;
            /** Origins */
            origins: string[];
            /** Max Requests */
            max_requests: number;
            /**
             * Requests
             * @description That it has made so far.
             */
            requests: number;
            /** Created At */
            created_at: string;
            /** Expires At */
            expires_at: string;
            /** Revoked At */
            revoked_at: string | null;
            /**
             * Token
             * @description The token itself, to be sent as a key is. It is not shown again.
             */
            token: string;
        };
        /** NewKeyOut */
        NewKeyOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default key
             * @constant
             */
            object: "key";
            /** Tenant Id */
            tenant_id: string;
            /** Label */
            label: string;
            /**
             * Prefix
             * @description How the key begins.
             */
            prefix: string;
            /** Scopes */
            scopes: string[];
            /** Created At */
            created_at: string;
            /** Revoked At */
            revoked_at: string | null;
            /**
             * Key
             * @description The key itself. It is not shown again.
             */
            key: string;
        };
        /** NewTenantOut */
        NewTenantOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default tenant
             * @constant
             */
            object: "tenant";
            /** Name */
            name: string;
            status: components["schemas"]["TenantStatus"];
            /** Created At */
            created_at: string;
            /**
             * Key
             * @description The tenant's first key, read and write. It is not shown again.
             */
            key: string;
        };
        /** NewWebhookOut */
        NewWebhookOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default webhook
             * @constant
             */
            object: "webhook";
            /** Url */
            url: string;
            /** Events */
            events: string[];
            /** Description */
            description: string;
            /** Enabled */
            enabled: boolean;
            /** Created At */
            created_at: string;
            /**
             * Secret
             * @description Verifies the signatures of deliveries. It is in this answer and nowhere else.
             */
            secret: string;
        };
        /** OutputMessageOut */
        OutputMessageOut: {
            /** Id */
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "message";
            /**
             * Role
             * @default assistant
             * @constant
             */
            role: "assistant";
            /**
             * Status
             * @enum {string}
             */
            status: "in_progress" | "completed" | "incomplete";
            /** Content */
            content: components["schemas"]["OutputTextOut"][];
        };
        /** OutputTextOut */
        OutputTextOut: {
            /**
             * Type
             * @default output_text
             * @constant
             */
            type: "output_text";
            /** Text */
            text: string;
            /** Annotations */
            annotations: components["schemas"]["FileCitationOut"][];
            /** Logprobs */
            logprobs: unknown[];
        };
        /** PageContentOut */
        PageContentOut: {
            /**
             * Page
             * @description From 1.
             */
            page: number;
            /**
             * Label
             * @description What the file calls the page, for example "iv"; else its number.
             */
            label: string;
            /**
             * Width
             * @description As the page is shown, in points; of a picture, in its pixels. Null if there is no page image.
             */
            width: number | null;
            /** Height */
            height: number | null;
            /**
             * Char Start
             * @description Offset of the page in the document's text, in Unicode code points.
             */
            char_start: number;
            /** Char End */
            char_end: number;
            /**
             * Char Start Utf16
             * @description `char_start` in UTF-16 code units, as JavaScript and Java count.
             */
            char_start_utf16: number;
            /** Char End Utf16 */
            char_end_utf16: number;
            /** Document Id */
            document_id: string;
            /** Version */
            version: number;
            /** Images */
            images: boolean;
            /**
             * Text
             * @description The document's text[char_start:char_end].
             */
            text: string;
            /**
             * Html
             * @description The text as paragraphs, escaped, with `data-start` and `data-end`; `<mark>` for the range asked.
             */
            html: string;
        };
        /** PageOut */
        PageOut: {
            /** Page */
            page: number;
            /** Char Start */
            char_start: number;
            /** Char End */
            char_end: number;
            /**
             * Char Start Utf16
             * @description `char_start` in UTF-16 code units, as JavaScript and Java count.
             */
            char_start_utf16: number;
            /** Char End Utf16 */
            char_end_utf16: number;
            /**
             * Label
             * @description What the file calls the page if not by its number, for example "iv"; else empty.
             */
            label: string;
        };
        /** PageOverviewOut */
        PageOverviewOut: {
            /**
             * Page
             * @description From 1.
             */
            page: number;
            /**
             * Label
             * @description What the file calls the page, for example "iv"; else its number.
             */
            label: string;
            /**
             * Width
             * @description As the page is shown, in points; of a picture, in its pixels. Null if there is no page image.
             */
            width: number | null;
            /** Height */
            height: number | null;
            /**
             * Char Start
             * @description Offset of the page in the document's text, in Unicode code points.
             */
            char_start: number;
            /** Char End */
            char_end: number;
            /**
             * Char Start Utf16
             * @description `char_start` in UTF-16 code units, as JavaScript and Java count.
             */
            char_start_utf16: number;
            /** Char End Utf16 */
            char_end_utf16: number;
        };
        /** PagesOut */
        PagesOut: {
            /** Document Id */
            document_id: string;
            /** Version */
            version: number;
            /**
             * Images
             * @description Whether the pages have images: PDFs and pictures do.
             */
            images: boolean;
            /** Total */
            total: number;
            /**
             * Pages
             * @description All pages. A document without pages is divided into parts of about 4,000 characters.
             */
            pages: components["schemas"]["PageOverviewOut"][];
        };
        /**
         * PartEventOut
         * @description The text begins or is whole.
         */
        PartEventOut: {
            /**
             * Type
             * @enum {string}
             */
            type: "response.content_part.added" | "response.content_part.done";
            /** Sequence Number */
            sequence_number: number;
            /** Item Id */
            item_id: string;
            /** Output Index */
            output_index: number;
            /**
             * Content Index
             * @default 0
             * @constant
             */
            content_index: 0;
            part: components["schemas"]["OutputTextOut"];
        };
        /** PartIn */
        PartIn: {
            /**
             * Adapter
             * @description name or name@version
             */
            adapter: string;
            /**
             * Weight
             * @default 1
             */
            weight?: number;
        };
        /** PassageOut */
        PassageOut: {
            /** Chunk Id */
            chunk_id: string;
            /** Document Id */
            document_id: string;
            /** Filename */
            filename: string;
            /** Version */
            version: number;
            /** Text */
            text: string;
            /**
             * Score
             * @description Fused score, 0 to 1; orders the passages of one answer.
             */
            score: number;
            /** Page Start */
            page_start: number | null;
            /** Page End */
            page_end: number | null;
            /**
             * Char Start
             * @description Offset into the document's text, in Unicode code points.
             */
            char_start: number;
            /** Char End */
            char_end: number;
            /**
             * Char Start Utf16
             * @description `char_start` in UTF-16 code units, as JavaScript and Java count.
             */
            char_start_utf16: number;
            /** Char End Utf16 */
            char_end_utf16: number;
            /** Heading */
            heading: string;
        };
        /** PointOut */
        PointOut: {
            /** Step */
            step: number;
            /**
             * Figures
             * @description train_loss, token_accuracy, learning_rate, valid_loss, ...
             */
            figures: {
                [key: string]: number;
            };
        };
        /** ProblemOut */
        ProblemOut: {
            /** Line */
            line: number;
            /**
             * Code
             * @description malformed, wrong_shape, duplicate, too_long, nothing_to_learn, unknown_source, empty
             */
            code: string;
            /** Message */
            message: string;
        };
        /**
         * ProgressOut
         * @description The data of a `progress` event.
         */
        ProgressOut: {
            /**
             * Done
             * @description Parts of the documents that are read, of `total`.
             */
            done: number;
            /** Total */
            total: number;
        };
        /**
         * QuoteBoxOut
         * @description A rectangle on a page, in points of the page as it is shown, from its upper left corner.
         */
        QuoteBoxOut: {
            /** Page */
            page: number;
            /** X0 */
            x0: number;
            /** Y0 */
            y0: number;
            /** X1 */
            x1: number;
            /** Y1 */
            y1: number;
        };
        /** QuotePlaceOut */
        QuotePlaceOut: {
            /** Document Id */
            document_id: string;
            /** Version */
            version: number;
            /** Start */
            start: number;
            /** End */
            end: number;
            /**
             * Boxes
             * @description One for each line. Empty if the quote was not found on the page.
             */
            boxes: components["schemas"]["QuoteBoxOut"][];
        };
        /** RankingOptionsIn */
        RankingOptionsIn: {
            /**
             * Ranker
             * @description `none`: not reranked.
             * @default auto
             */
            ranker?: string;
            /**
             * Score Threshold
             * @default 0
             */
            score_threshold?: number;
        };
        /** RateLimitsIn */
        RateLimitsIn: {
            /**
             * Requests
             * @description Authenticated requests a minute. Null: the service's default.
             */
            requests?: number | null;
            /**
             * Tokens
             * @description Tokens of prompts, answers and embedded texts a minute.
             */
            tokens?: number | null;
            /**
             * Uploads
             * @description Files a minute that become documents, datasets or adapters.
             */
            uploads?: number | null;
        };
        /** RateLimitsOut */
        RateLimitsOut: {
            /**
             * Requests
             * @description A minute; null: no limit.
             */
            requests: number | null;
            /** Tokens */
            tokens: number | null;
            /** Uploads */
            uploads: number | null;
        };
        /** RateStateOut */
        RateStateOut: {
            /**
             * Limit
             * @description A minute, of the tighter of the tenant's limit and your own.
             */
            limit: number;
            /** Remaining */
            remaining: number;
            /**
             * Reset S
             * @description Seconds until all of it is there again.
             */
            reset_s: number;
        };
        /**
         * Rating
         * @enum {string}
         */
        Rating: "up" | "down";
        /** Readiness */
        Readiness: {
            /** Ready */
            ready: boolean;
            /**
             * Checks
             * @description "ok", or what is wrong.
             */
            checks: {
                [key: string]: string;
            };
            /**
             * Warnings
             * @description What an operator should see to although the service answers: adapters of another base model.
             */
            warnings: string[];
        };
        /** ReasoningOut */
        ReasoningOut: {
            /** Effort */
            effort: string | null;
            /** Summary */
            summary: string | null;
        };
        /** ReasoningTokensOut */
        ReasoningTokensOut: {
            /**
             * Reasoning Tokens
             * @default 0
             * @constant
             */
            reasoning_tokens: 0;
        };
        /**
         * RecipeIn
         * @description What is left out is the default for so many rows.
         */
        RecipeIn: {
            /**
             * Method
             * @description qlora: over the 4-bit weights that serve; lora: over the original. adalora: over those that serve, each layer with the rank that it needs. dora and ia3: over the original, for export alone: they are not served.
             * @default qlora
             * @enum {string}
             */
            method?: "lora" | "qlora" | "adalora" | "dora" | "ia3";
            /**
             * Rank
             * @description If left out, 16 for more than 2,000 rows, else 8. adalora: the mean over layers that is left in the end.
             */
            rank?: number | null;
            /**
             * Alpha
             * @description Twice the rank if left out.
             */
            alpha?: number | null;
            /**
             * Rslora
             * @description Scale by alpha / sqrt(rank).
             * @default false
             */
            rslora?: boolean;
            /**
             * Init
             * @description pissa doubles the rank that is saved; loftq needs qlora.
             * @default default
             * @enum {string}
             */
            init?: "default" | "pissa" | "loftq";
            /**
             * Lora Plus Ratio
             * @description B's learning rate over A's.
             * @default 1
             */
            lora_plus_ratio?: number;
            /**
             * Initial Rank
             * @description adalora alone: every layer's at first; half more than rank if left out.
             */
            initial_rank?: number | null;
            /**
             * Orthogonality
             * @description adalora alone: how much orthogonal vectors count beside the loss.
             * @default 0.5
             */
            orthogonality?: number;
            /**
             * Targets
             * @description If left out, all; k_proj, v_proj and down_proj for ia3.
             */
            targets?: ("q_proj" | "k_proj" | "v_proj" | "o_proj" | "gate_proj" | "up_proj" | "down_proj")[] | null;
            /**
             * Learning Rate
             * @description If left out, 5e-4 (2000 / width)^0.78 for the base's width, such as 1.3e-3 for 576 and 2.9e-4 for 4096; 3e-3 for ia3 and 5e-3 for adalora.
             */
            learning_rate?: number | null;
            /**
             * Weight Decay
             * @default 0.01
             */
            weight_decay?: number;
            /**
             * Dropout
             * @description If left out, .05 for fewer than 1,000 rows, else 0.
             */
            dropout?: number | null;
            /**
             * Epochs
             * @default 3
             */
            epochs?: number;
            /** Max Steps */
            max_steps?: number | null;
            /**
             * Rows Per Step
             * @description At most so many rows an optimizer step. Up to six that begin alike stay together, so it is often a few less; where this is less than six, it may be up to six.
             * @default 16
             */
            rows_per_step?: number;
            /**
             * Warmup
             * @description Share of the steps.
             * @default 0.03
             */
            warmup?: number;
            /**
             * Clip
             * @description The gradient's largest norm: a larger one is scaled down to it.
             * @default 1
             */
            clip?: number;
            /**
             * Max Tokens
             * @description Of a row; longer ones are refused, never cut.
             * @default 1024
             */
            max_tokens?: number;
            /**
             * Micro Batch Tokens
             * @description What is computed at once: bounds memory.
             * @default 2048
             */
            micro_batch_tokens?: number;
            /**
             * Activated
             * @description lora and qlora alone: the adapter acts from the answer's beginning on (activated LoRA). What is before it, the documents, is computed once for all your adapters and the base.
             * @default false
             */
            activated?: boolean;
            /**
             * Share Prefixes
             * @description Compute the common beginning of several rows once: the same loss in less time.
             * @default true
             */
            share_prefixes?: boolean;
            /**
             * Validation Share
             * @default 0.1
             */
            validation_share?: number;
            /**
             * Validate Every
             * @description Steps.
             * @default 50
             */
            validate_every?: number;
            /**
             * Patience
             * @description Validations without a better loss before it stops; 0: never.
             * @default 2
             */
            patience?: number;
            /**
             * Checkpoint Every
             * @description Steps.
             * @default 50
             */
            checkpoint_every?: number;
            /**
             * Seed
             * @default 0
             */
            seed?: number;
        };
        /** RecordOut */
        RecordOut: {
            /** Content */
            content: string;
            /**
             * Score
             * @description 0 to 1; orders the records.
             */
            score: number;
            /**
             * Title
             * @description The document's file name.
             */
            title: string;
            /**
             * Metadata
             * @description Of the document, with the passage's ids and its place.
             */
            metadata: {
                [key: string]: unknown;
            };
        };
        /** RecordsOut */
        RecordsOut: {
            /** Records */
            records: components["schemas"]["RecordOut"][];
        };
        /**
         * RefusalReason
         * @enum {string}
         */
        RefusalReason: "no_documents" | "not_ready" | "nothing_relevant" | "unsupported";
        /** RefusedOut */
        RefusedOut: {
            /** Filename */
            filename: string;
            /** Code */
            code: string;
            /** Message */
            message: string;
        };
        /**
         * RegenerateIn
         * @description What is left out is as in the request before, but the temperature: 0.7, so that the answer may differ.
         * @example {
         *       "stream": false
         *     }
         */
        RegenerateIn: {
            /**
             * Adapter
             * @description "name", "name@version" or "base"; your active adapter if left out, which is the starter at first.
             */
            adapter?: string | null;
            /**
             * Collections
             * @description Look only in these; all if left out.
             * @default []
             */
            collections?: string[];
            /**
             * Filters
             * @description On document metadata, before ranking: `{"kind": "law", "year": {"gte": 2020}}`; all must hold. Operators: eq, ne, gt, gte, lt, lte, in, nin; `and` and `or` take lists of filters.
             * @default {}
             */
            filters?: {
                [key: string]: unknown;
            };
            /**
             * K
             * @description Passages to look for.
             */
            k?: number | null;
            /**
             * Stream
             * @description Answer as server-sent events.
             * @default false
             */
            stream?: boolean;
            /**
             * Language
             * @description Of the answer; the question's if left out.
             */
            language?: ("en" | "de" | "es" | "fr" | "it" | "pt") | null;
            /**
             * Max Tokens
             * @description Longest answer, in tokens; as long as the message needs if left out.
             */
            max_tokens?: number | null;
            /**
             * Temperature
             * @description 0 is deterministic.
             * @default 0
             */
            temperature?: number;
            /**
             * Top P
             * @default 1
             */
            top_p?: number;
            /**
             * Seed
             * @description Repeats a sampled answer.
             */
            seed?: number | null;
            /**
             * Boxes
             * @description Give the places of the quotes on the pages of PDFs and pictures. It may take seconds; `GET /api/v1/documents/{document_id}/quote-boxes` gives them later.
             * @default false
             */
            boxes?: boolean;
            /**
             * Stop
             * @description End the answer before any of these.
             * @default []
             */
            stop?: string[];
        };
        /** ReportOut */
        ReportOut: {
            /** Rows */
            rows: number;
            /**
             * Refusals
             * @description Rows that teach to say that the passages do not hold the answer.
             */
            refusals: number;
            /** Documents */
            documents: number;
            /**
             * Tokens
             * @description Of all rows with their prompts.
             */
            tokens: number;
            /**
             * Computed Tokens
             * @description Of these, as rows that begin alike share it.
             */
            computed_tokens: number | null;
            /** Longest Row Tokens */
            longest_row_tokens: number;
            /** Median Row Tokens */
            median_row_tokens: number;
            /** Histogram */
            histogram: components["schemas"]["BinOut"][];
            /** Problem Count */
            problem_count: number;
            /** Problems */
            problems: components["schemas"]["ProblemOut"][];
            /**
             * Previews
             * @description Rows as the model reads them, in the prompt that production uses.
             */
            previews: string[];
        };
        /**
         * Resource
         * @description What is limited and counted.
         * @enum {string}
         */
        Resource: "requests" | "tokens" | "uploads";
        /** ResponseDeletedOut */
        ResponseDeletedOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default response
             * @constant
             */
            object: "response";
            /**
             * Deleted
             * @default true
             * @constant
             */
            deleted: true;
        };
        /**
         * ResponseDetailsOut
         * @description What an answer from documents has beside OpenAI's fields.
         */
        ResponseDetailsOut: {
            /**
             * Refused
             * @description The documents do not hold the answer; the text says so.
             */
            refused: boolean;
            refusal_reason: components["schemas"]["RefusalReason"] | null;
            /**
             * Closest
             * @description On a refusal: what came nearest.
             */
            closest: components["schemas"]["PassageOut"][];
            /**
             * Unsupported
             * @description Sentences of the answer that no passage supports.
             */
            unsupported: components["schemas"]["SpanOut"][];
            /**
             * Question
             * @description As it was searched for: a follow-up is made to stand alone.
             */
            question: string;
            /** @description What the message was taken for, and so what answered it. */
            route: components["schemas"]["Route"];
            /** @description The adapter version that answered; null for the base model. */
            adapter: components["schemas"]["AdapterUsedOut"] | null;
            /**
             * Id
             * @description The turn.
             */
            id: string;
            /**
             * Conversation Id
             * @description The turn's conversation; empty if nothing is saved.
             */
            conversation_id: string;
        };
        /** ResponseErrorOut */
        ResponseErrorOut: {
            /**
             * Code
             * @enum {string}
             */
            code: "server_error" | "rate_limit_exceeded";
            /** Message */
            message: string;
        };
        /**
         * ResponseEventOut
         * @description The whole response as it is.
         */
        ResponseEventOut: {
            /**
             * Type
             * @enum {string}
             */
            type: "response.created" | "response.in_progress" | "response.completed" | "response.incomplete" | "response.failed";
            /** Sequence Number */
            sequence_number: number;
            response: components["schemas"]["ResponseOut"];
        };
        /** ResponseFormatIn */
        ResponseFormatIn: {
            /**
             * Type
             * @description `text` only.
             */
            type: string;
        };
        /**
         * ResponseIn
         * @example {
         *       "input": "When does the museum open?",
         *       "model": "loracle"
         *     }
         */
        ResponseIn: {
            /**
             * Model
             * @description A name of `GET /v1/models`.
             */
            model: string;
            /**
             * Input
             * @description The question; or messages, the last of which by the user is the question.
             */
            input: string | components["schemas"]["InputItemIn"][];
            /**
             * Instructions
             * @description Read by `loracle-base` alone.
             */
            instructions?: string | null;
            /**
             * Tools
             * @default []
             */
            tools?: components["schemas"]["ToolIn"][];
            /**
             * Tool Choice
             * @description Models that answer from documents always search.
             */
            tool_choice?: unknown;
            /**
             * Include
             * @description `file_search_call.results`: the passages found.
             */
            include?: string[] | null;
            /** Stream */
            stream?: boolean | null;
            /**
             * Store
             * @description False: nothing is saved. Saved if left out, but for `loracle-base`.
             */
            store?: boolean | null;
            /**
             * Previous Response Id
             * @description Go on after this response.
             */
            previous_response_id?: string | null;
            /**
             * Conversation
             * @description Go on with this conversation.
             */
            conversation?: string | components["schemas"]["ConversationRefIn"] | null;
            /** Metadata */
            metadata?: {
                [key: string]: string;
            } | null;
            /**
             * Max Output Tokens
             * @description Longest answer; the service's own bound holds too.
             */
            max_output_tokens?: number | null;
            /**
             * Temperature
             * @description 0, which is deterministic, if left out.
             */
            temperature?: number | null;
            /** Top P */
            top_p?: number | null;
            text?: components["schemas"]["TextConfigIn"] | null;
            /**
             * Background
             * @description Refused unless false.
             */
            background?: boolean | null;
            /**
             * Prompt
             * @description Refused: send the text itself.
             */
            prompt?: unknown;
            /**
             * Top Logprobs
             * @description Refused unless 0.
             */
            top_logprobs?: number | null;
            /**
             * User
             * @description For keys: the end user who asks. A token asks for its own.
             */
            user?: string | null;
            /**
             * Collections
             * @description Look only in these; all if left out.
             * @default []
             */
            collections?: string[];
            /**
             * Filters
             * @description On document metadata, before ranking: `{"kind": "law", "year": {"gte": 2020}}`; all must hold. Operators: eq, ne, gt, gte, lt, lte, in, nin; `and` and `or` take lists of filters.
             * @default {}
             */
            filters?: {
                [key: string]: unknown;
            };
            /**
             * Language
             * @description Of the answer; the question's if left out.
             */
            language?: ("en" | "de" | "es" | "fr" | "it" | "pt") | null;
        };
        /** ResponseOut */
        ResponseOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default response
             * @constant
             */
            object: "response";
            /** Created At */
            created_at: number;
            /** Completed At */
            completed_at: number | null;
            /**
             * Status
             * @enum {string}
             */
            status: "in_progress" | "completed" | "incomplete" | "failed";
            error: components["schemas"]["ResponseErrorOut"] | null;
            incomplete_details: components["schemas"]["IncompleteOut"] | null;
            /** Instructions */
            instructions: string | null;
            /** Max Output Tokens */
            max_output_tokens: number | null;
            /** Model */
            model: string;
            /** Output */
            output: (components["schemas"]["FileSearchCallOut"] | components["schemas"]["OutputMessageOut"])[];
            /**
             * Parallel Tool Calls
             * @default false
             * @constant
             */
            parallel_tool_calls: false;
            /** Previous Response Id */
            previous_response_id: string | null;
            conversation: components["schemas"]["ConversationRefOut"] | null;
            /** @default {} */
            reasoning: components["schemas"]["ReasoningOut"];
            /**
             * Store
             * @description It is saved: false for `loracle-base` and where `input` tells earlier turns.
             */
            store: boolean;
            /** Temperature */
            temperature: number;
            /**
             * @default {
             *       "format": {
             *         "type": "text"
             *       }
             *     }
             */
            text: components["schemas"]["TextConfigOut"];
            /**
             * Tool Choice
             * @default auto
             * @constant
             */
            tool_choice: "auto";
            /** Tools */
            tools: {
                [key: string]: unknown;
            }[];
            /** Top P */
            top_p: number;
            /**
             * Truncation
             * @default disabled
             * @constant
             */
            truncation: "disabled";
            /**
             * Background
             * @default false
             * @constant
             */
            background: false;
            usage: components["schemas"]["ResponseUsageOut"] | null;
            /** User */
            user: string | null;
            /** Metadata */
            metadata: {
                [key: string]: string;
            };
            /** @description Of an answer from documents; null until it is whole. */
            loracle: components["schemas"]["ResponseDetailsOut"] | null;
        };
        /** ResponseUsageOut */
        ResponseUsageOut: {
            /** Input Tokens */
            input_tokens: number;
            /**
             * @default {
             *       "cached_tokens": 0,
             *       "cache_write_tokens": 0
             *     }
             */
            input_tokens_details: components["schemas"]["CachedTokensOut"];
            /** Output Tokens */
            output_tokens: number;
            /**
             * @default {
             *       "reasoning_tokens": 0
             *     }
             */
            output_tokens_details: components["schemas"]["ReasoningTokensOut"];
            /** Total Tokens */
            total_tokens: number;
        };
        /** ResultOut */
        ResultOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default evaluation.result
             * @constant
             */
            object: "evaluation.result";
            /**
             * Part
             * @description `layer/set`.
             */
            part: string;
            /** Case Id */
            case_id: string;
            /**
             * Figures
             * @description Question, answer, decision and every score of this case; or `error` if it failed.
             */
            figures: {
                [key: string]: unknown;
            };
        };
        /**
         * RetrievalIn
         * @example {
         *       "knowledge_id": "*",
         *       "query": "When does the museum open?",
         *       "retrieval_setting": {
         *         "score_threshold": 0,
         *         "top_k": 3
         *       }
         *     }
         */
        RetrievalIn: {
            /**
             * Knowledge Id
             * @description Name of a collection, or `*` for all documents.
             */
            knowledge_id: string;
            /** Query */
            query: string;
            /**
             * @default {
             *       "top_k": 5
             *     }
             */
            retrieval_setting?: components["schemas"]["RetrievalSettingIn"];
            metadata_condition?: components["schemas"]["MetadataConditionIn"] | null;
        };
        /**
         * RetrievalOut
         * @description The data of a `retrieval` event, the first one.
         */
        RetrievalOut: {
            /**
             * Turn Id
             * @description The `id` that the answer will have; names it in calls to resume and stop it.
             */
            turn_id: string;
            /** Conversation Id */
            conversation_id: string;
            /** Request Id */
            request_id: string;
            route: components["schemas"]["Route"];
            adapter: components["schemas"]["AdapterUsedOut"] | null;
            /** Passages */
            passages: components["schemas"]["PassageOut"][];
        };
        /** RetrievalSettingIn */
        RetrievalSettingIn: {
            /**
             * Top K
             * @description How many passages at most.
             * @default 5
             */
            top_k?: number;
            /**
             * Score Threshold
             * @description Least score of a passage.
             */
            score_threshold?: number | null;
        };
        /**
         * Route
         * @description What a message asks for, and so which steps answer it.
         * @enum {string}
         */
        Route: "small_talk" | "collection" | "previous_answer" | "document" | "question";
        /**
         * Scope
         * @enum {string}
         */
        Scope: "read" | "write" | "admin";
        /**
         * SearchBudgetIn
         * @description What the search may use; training what it chose to its end comes on top.
         */
        SearchBudgetIn: {
            /**
             * Trials
             * @description Recipes of the grid that are tried, drawn at random. Null: all.
             */
            trials?: number | null;
            /** Minutes */
            minutes?: number | null;
            /**
             * Tokens
             * @description Read by all trials together.
             */
            tokens?: number | null;
        };
        /**
         * SearchEventOut
         * @description The state of the search.
         */
        SearchEventOut: {
            /**
             * Type
             * @enum {string}
             */
            type: "response.file_search_call.in_progress" | "response.file_search_call.searching" | "response.file_search_call.completed";
            /** Sequence Number */
            sequence_number: number;
            /** Output Index */
            output_index: number;
            /** Item Id */
            item_id: string;
        };
        /**
         * SearchIn
         * @example {
         *       "k": 5,
         *       "query": "When does the museum open?"
         *     }
         */
        SearchIn: {
            /**
             * Query
             * @description A question or key words.
             */
            query: string;
            /**
             * K
             * @description How many passages at most.
             * @default 10
             */
            k?: number;
            /**
             * Mode
             * @description Dense and full text fused, or one alone.
             * @default hybrid
             * @enum {string}
             */
            mode?: "hybrid" | "dense" | "lexical";
            /**
             * Scoring
             * @description Of the full text: BM25, or the cosine of TF-IDF weights.
             * @default bm25
             * @enum {string}
             */
            scoring?: "bm25" | "tfidf";
            /**
             * Space
             * @description Of the dense half: the embedding model's, or static word vectors.
             * @default embeddings
             * @enum {string}
             */
            space?: "embeddings" | "word_vectors";
            /**
             * Diversity
             * @description How much a passage loses for repeating a better one.
             * @default 0
             */
            diversity?: number;
            /**
             * Rerank
             * @description Let the reranker order the best, if the service has one.
             * @default true
             */
            rerank?: boolean;
            /**
             * Collections
             * @description Look only in these; all if left out.
             * @default []
             */
            collections?: string[];
            /**
             * Filters
             * @description On document metadata, before ranking: `{"kind": "law", "year": {"gte": 2020}}`; all must hold. Operators: eq, ne, gt, gte, lt, lte, in, nin; `and` and `or` take lists of filters.
             * @default {}
             */
            filters?: {
                [key: string]: unknown;
            };
        };
        /** SearchOut */
        SearchOut: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["PassageOut"][];
        };
        /**
         * SearchTrialStatus
         * @enum {string}
         */
        SearchTrialStatus: "waiting" | "paused" | "stopped" | "diverged" | "chosen";
        /** SetLimitsOut */
        SetLimitsOut: {
            /**
             * Object
             * @default limits
             * @constant
             */
            object: "limits";
            /** @description What was set for this tenant; null: the service's default. */
            own: components["schemas"]["TenantLimitsOut"];
            /** @description What holds; null: no limit. */
            in_force: components["schemas"]["TenantLimitsOut"];
        };
        /**
         * ShutdownOut
         * @description The data of a `server_shutdown` event.
         */
        ShutdownOut: {
            /** Message */
            message: string;
        };
        /** SourceOut */
        SourceOut: {
            /** Document Id */
            document_id: string;
            /** Filename */
            filename: string;
            /**
             * Deleted
             * @description The document is gone; what the adapter learned of it is not.
             */
            deleted: boolean;
        };
        /** SpanOut */
        SpanOut: {
            /** Start */
            start: number;
            /** End */
            end: number;
            /** Start Utf16 */
            start_utf16: number;
            /** End Utf16 */
            end_utf16: number;
            /** @description Why no passage supports the sentence. */
            reason: components["schemas"]["Doubt"] | null;
        };
        /** StageOut */
        StageOut: {
            unit: components["schemas"]["StageUnit"];
            /** Done */
            done: number;
            /** Total */
            total: number;
            /** Tokens Per S */
            tokens_per_s: number | null;
            /**
             * Eta S
             * @description Seconds until the stage ends at its speed so far.
             */
            eta_s: number | null;
        };
        /**
         * StageUnit
         * @enum {string}
         */
        StageUnit: "pages" | "chunks";
        /** StaticChunkingIn */
        StaticChunkingIn: {
            /**
             * Max Chunk Size Tokens
             * @description The embedding model reads no longer chunks.
             */
            max_chunk_size_tokens: number;
            /** Chunk Overlap Tokens */
            chunk_overlap_tokens: number;
        };
        /** StaticChunkingOut */
        StaticChunkingOut: {
            /** Max Chunk Size Tokens */
            max_chunk_size_tokens: number;
            /** Chunk Overlap Tokens */
            chunk_overlap_tokens: number;
        };
        /** StepTraceOut */
        StepTraceOut: {
            /** Name */
            name: string;
            /**
             * Version
             * @enum {string}
             */
            version: "rule" | "model";
            /** Seconds */
            seconds: number;
            /** Detail */
            detail: {
                [key: string]: unknown;
            };
        };
        /** StoreBatchOut */
        StoreBatchOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default vector_store.files_batch
             * @constant
             */
            object: "vector_store.files_batch";
            /**
             * Created At
             * @description Seconds since 1970.
             */
            created_at: number;
            /** Vector Store Id */
            vector_store_id: string;
            /**
             * Status
             * @enum {string}
             */
            status: "in_progress" | "completed" | "failed" | "cancelled";
            file_counts: components["schemas"]["FileCountsOut"];
        };
        /** StoreFileDeletedOut */
        StoreFileDeletedOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default vector_store.file.deleted
             * @constant
             */
            object: "vector_store.file.deleted";
            /**
             * Deleted
             * @default true
             * @constant
             */
            deleted: true;
        };
        /**
         * StoreFileIn
         * @example {
         *       "file_id": "file-019ac3f01b2a4d5e6f708192a3b4"
         *     }
         */
        StoreFileIn: {
            /** File Id */
            file_id: string;
            /** Attributes */
            attributes?: {
                [key: string]: string | boolean | number;
            } | null;
            /** @description `auto` only: stores have one, files none. */
            chunking_strategy?: components["schemas"]["ChunkingStrategyIn"] | null;
        };
        /** StoreFileOut */
        StoreFileOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default vector_store.file
             * @constant
             */
            object: "vector_store.file";
            /**
             * Created At
             * @description Seconds since 1970.
             */
            created_at: number;
            /** Vector Store Id */
            vector_store_id: string;
            /**
             * Status
             * @enum {string}
             */
            status: "in_progress" | "completed" | "failed" | "cancelled";
            last_error: components["schemas"]["LastErrorOut"] | null;
            /** Usage Bytes */
            usage_bytes: number;
            /** Attributes */
            attributes: {
                [key: string]: unknown;
            };
            chunking_strategy: components["schemas"]["ChunkingStrategyOut"];
            /**
             * Document Id
             * @description The document under /api/v1/documents.
             */
            document_id: string;
            /** Filename */
            filename: string;
            /**
             * Progress
             * @description 0 to 1.
             */
            progress: number;
        };
        /**
         * StoreFilesIn
         * @description Either `file_ids`, with one set of attributes for all, or `files`.
         * @example {
         *       "file_ids": [
         *         "file-019ac3f01b2a4d5e6f708192a3b4"
         *       ]
         *     }
         */
        StoreFilesIn: {
            /**
             * File Ids
             * @default []
             */
            file_ids?: string[];
            /**
             * Files
             * @default []
             */
            files?: components["schemas"]["StoreFileIn"][];
            /** Attributes */
            attributes?: {
                [key: string]: string | boolean | number;
            } | null;
            /** @description `auto` only: stores have one, files none. */
            chunking_strategy?: components["schemas"]["ChunkingStrategyIn"] | null;
        };
        /** StreamOptionsIn */
        StreamOptionsIn: {
            /**
             * Include Usage
             * @description One more chunk at the end, with the tokens used.
             */
            include_usage?: boolean | null;
        };
        /**
         * SummaryIn
         * @example {
         *       "language": "en"
         *     }
         */
        SummaryIn: {
            /**
             * Language
             * @description Of the words around the sentences, which stay as they are; the document's if left out.
             */
            language?: ("en" | "de" | "es" | "fr" | "it" | "pt") | null;
        };
        /** SummaryOut */
        SummaryOut: {
            /** Document Id */
            document_id: string;
            /** Filename */
            filename: string;
            /** Version */
            version: number;
            /** Language */
            language: string;
            /**
             * Summary
             * @description The sentences that say most, in the document's order and own words.
             */
            summary: string;
            /** Citations */
            citations: components["schemas"]["CitationOut"][];
            /**
             * Sections Read
             * @description Fewer than `sections` if the document is very long.
             */
            sections_read: number;
            /** Sections */
            sections: number;
        };
        /** SupervisedIn */
        SupervisedIn: {
            hyperparameters?: components["schemas"]["HyperparametersIn"] | null;
        };
        /** SupervisedOut */
        SupervisedOut: {
            hyperparameters: components["schemas"]["HyperparametersOut"];
        };
        /**
         * Support
         * @enum {string}
         */
        Support: "verified" | "supported";
        /**
         * TenantIn
         * @example {
         *       "name": "city-library"
         *     }
         */
        TenantIn: {
            /**
             * Name
             * @description Unique; for people.
             */
            name: string;
        };
        /**
         * TenantLimitsIn
         * @example {
         *       "tenant": {
         *         "requests": 600,
         *         "tokens": 200000
         *       },
         *       "token": {
         *         "requests": 60
         *       }
         *     }
         */
        TenantLimitsIn: {
            /** @description Of the tenant as a whole. */
            tenant?: components["schemas"]["RateLimitsIn"];
            /** @description Of each of its keys. */
            key?: components["schemas"]["RateLimitsIn"];
            /** @description Of each of its tokens. */
            token?: components["schemas"]["RateLimitsIn"];
        };
        /** TenantLimitsOut */
        TenantLimitsOut: {
            tenant: components["schemas"]["RateLimitsOut"];
            key: components["schemas"]["RateLimitsOut"];
            token: components["schemas"]["RateLimitsOut"];
        };
        /** TenantOut */
        TenantOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default tenant
             * @constant
             */
            object: "tenant";
            /** Name */
            name: string;
            status: components["schemas"]["TenantStatus"];
            /** Created At */
            created_at: string;
        };
        /**
         * TenantPatch
         * @example {
         *       "status": "suspended"
         *     }
         */
        TenantPatch: {
            /** @description A suspended tenant's keys fail everywhere. */
            status: components["schemas"]["TenantStatus"];
        };
        /**
         * TenantStatus
         * @enum {string}
         */
        TenantStatus: "active" | "suspended";
        /** TextConfigIn */
        TextConfigIn: {
            format?: components["schemas"]["TextFormatIn"] | null;
        };
        /** TextConfigOut */
        TextConfigOut: {
            /**
             * @default {
             *       "type": "text"
             *     }
             */
            format: components["schemas"]["TextFormatOut"];
        };
        /** TextContentOut */
        TextContentOut: {
            /**
             * Type
             * @default text
             * @constant
             */
            type: "text";
            /** Text */
            text: string;
        };
        /**
         * TextDeltaEventOut
         * @description The next piece of the text.
         */
        TextDeltaEventOut: {
            /**
             * Type
             * @default response.output_text.delta
             * @constant
             */
            type: "response.output_text.delta";
            /** Sequence Number */
            sequence_number: number;
            /** Item Id */
            item_id: string;
            /** Output Index */
            output_index: number;
            /**
             * Content Index
             * @default 0
             * @constant
             */
            content_index: 0;
            /** Delta */
            delta: string;
            /**
             * Logprobs
             * @default []
             */
            logprobs: unknown[];
        };
        /**
         * TextDoneEventOut
         * @description The whole text.
         */
        TextDoneEventOut: {
            /**
             * Type
             * @default response.output_text.done
             * @constant
             */
            type: "response.output_text.done";
            /** Sequence Number */
            sequence_number: number;
            /** Item Id */
            item_id: string;
            /** Output Index */
            output_index: number;
            /**
             * Content Index
             * @default 0
             * @constant
             */
            content_index: 0;
            /** Text */
            text: string;
            /**
             * Logprobs
             * @default []
             */
            logprobs: unknown[];
        };
        /** TextFormatIn */
        TextFormatIn: {
            /**
             * Type
             * @description `text` only.
             */
            type: string;
        };
        /** TextFormatOut */
        TextFormatOut: {
            /**
             * Type
             * @default text
             * @constant
             */
            type: "text";
        };
        /** TokenLogprobOut */
        TokenLogprobOut: {
            /** Token */
            token: string;
            /** Logprob */
            logprob: number;
            /**
             * Bytes
             * @description In UTF-8; null for a token that is a part of a character.
             */
            bytes: number[] | null;
            /** Top Logprobs */
            top_logprobs: components["schemas"]["TopLogprobOut"][];
        };
        /**
         * TokenOut
         * @description The data of a `token` event.
         */
        TokenOut: {
            /** Text */
            text: string;
        };
        /** ToolIn */
        ToolIn: {
            /**
             * Type
             * @description `file_search` only.
             */
            type: string;
            /**
             * Vector Store Ids
             * @description Look only in these; everywhere if left out.
             * @default []
             */
            vector_store_ids?: string[];
            /** Max Num Results */
            max_num_results?: number | null;
            /**
             * Filters
             * @description {"type": "eq", "key": "year", "value": 2026}
             */
            filters?: {
                [key: string]: unknown;
            } | null;
            /**
             * Ranking Options
             * @description Not read: the tenant's search profile ranks.
             */
            ranking_options?: {
                [key: string]: unknown;
            } | null;
        };
        /** TopLogprobOut */
        TopLogprobOut: {
            /** Token */
            token: string;
            /** Logprob */
            logprob: number;
            /**
             * Bytes
             * @description In UTF-8; null for a token that is a part of a character.
             */
            bytes: number[] | null;
        };
        /**
         * TrainingIn
         * @example {
         *       "adapter": "support",
         *       "dataset": "ds_5d41402abc4b2a76b9719d91",
         *       "hyperparameters": {
         *         "epochs": 1,
         *         "rank": 16
         *       }
         *     }
         * @example {
         *       "adapter": "support",
         *       "dataset": "ds_5d41402abc4b2a76b9719d91",
         *       "search": {
         *         "budget": {
         *           "minutes": 10
         *         },
         *         "grid": {
         *           "learning_rate": [
         *             0.0006,
         *             0.0013,
         *             0.0026
         *           ]
         *         }
         *       }
         *     }
         */
        TrainingIn: {
            /**
             * Adapter
             * @description Name of the adapter to make.
             */
            adapter: string;
            /**
             * Dataset
             * @description Id of a dataset.
             */
            dataset: string;
            /**
             * @default {
             *       "method": "qlora",
             *       "rslora": false,
             *       "init": "default",
             *       "lora_plus_ratio": 1,
             *       "orthogonality": 0.5,
             *       "weight_decay": 0.01,
             *       "epochs": 3,
             *       "rows_per_step": 16,
             *       "warmup": 0.03,
             *       "clip": 1,
             *       "max_tokens": 1024,
             *       "micro_batch_tokens": 2048,
             *       "activated": false,
             *       "share_prefixes": true,
             *       "validation_share": 0.1,
             *       "validate_every": 50,
             *       "patience": 2,
             *       "checkpoint_every": 50,
             *       "seed": 0
             *     }
             */
            hyperparameters?: components["schemas"]["RecipeIn"];
            /** @description Choose among hyper-parameters before training. */
            search?: components["schemas"]["HyperparameterSearchIn"] | null;
            /**
             * Evaluation Share
             * @description Of the rows, by whole documents, kept out for the gate.
             * @default 0.1
             */
            evaluation_share?: number;
        };
        /** TrainingOut */
        TrainingOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default training.job
             * @constant
             */
            object: "training.job";
            status: components["schemas"]["TrainingStatus"];
            /**
             * Adapter
             * @description The adapter's name; `trained_adapter` is the version that was made.
             */
            adapter: string;
            /** Dataset */
            dataset: string;
            /**
             * Dataset Label
             * @description name@version; the dataset may be gone.
             */
            dataset_label: string;
            /** Hyperparameters */
            hyperparameters: {
                [key: string]: unknown;
            };
            /** Evaluation Share */
            evaluation_share: number;
            /** @description Over hyper-parameters: trials and what was chosen. */
            search: components["schemas"]["HyperparameterSearchOut"] | null;
            /** Step */
            step: number;
            /** Steps */
            steps: number;
            /** Progress */
            progress: number;
            /**
             * Eta S
             * @description Seconds until the last step, from the speed so far.
             */
            eta_s: number | null;
            /**
             * Figures
             * @description Of the newest step and validation.
             */
            figures: {
                [key: string]: number;
            };
            /**
             * Trained Adapter
             * @description name@version
             */
            trained_adapter: string | null;
            /**
             * Evaluation Id
             * @description Of the gate, on the rows that were kept out.
             */
            evaluation_id: string | null;
            error: components["schemas"]["FailureOut"] | null;
            /** Created At */
            created_at: string;
            /** Started At */
            started_at: string | null;
            /** Finished At */
            finished_at: string | null;
        };
        /**
         * TrainingStatus
         * @enum {string}
         */
        TrainingStatus: "queued" | "validating_files" | "running" | "succeeded" | "failed" | "cancelled" | "paused";
        /** TrialOut */
        TrialOut: {
            /** Number */
            number: number;
            /**
             * Hyperparameters
             * @description Where it differs from the training's own.
             */
            hyperparameters: {
                [key: string]: unknown;
            };
            status: components["schemas"]["SearchTrialStatus"];
            /** Step */
            step: number;
            /** Tokens */
            tokens: number;
            /** Seconds */
            seconds: number;
            /**
             * Losses
             * @description At each comparison it took part in.
             */
            losses: components["schemas"]["LossOut"][];
        };
        /** TurnOut */
        TurnOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default turn
             * @constant
             */
            object: "turn";
            /**
             * Parent Id
             * @description The turn before it; null for the first.
             */
            parent_id: string | null;
            /**
             * Versions
             * @description Ids of the turns after the same one, itself among them, oldest first: answers that were written again, questions that were edited.
             */
            versions: string[];
            /** Question */
            question: string;
            /** Answer */
            answer: string;
            /**
             * Result
             * @description The whole answer as it was sent. A citation has `gone: true` if its document was deleted since.
             */
            result: {
                [key: string]: unknown;
            };
            /** @description `stopped`, `failed`: the answer is what was shown of it. */
            status: components["schemas"]["TurnStatus"];
            /**
             * Feedback
             * @description What users said of the answer: for a token, its own user.
             */
            feedback: components["schemas"]["FeedbackOut"][];
            /** Created At */
            created_at: string;
        };
        /**
         * TurnStatus
         * @enum {string}
         */
        TurnStatus: "completed" | "stopped" | "failed";
        /** UsageDayOut */
        UsageDayOut: {
            /**
             * Date
             * Format: date
             */
            date: string;
            /**
             * User
             * @description The end user. Null: all, or with `by_user` requests that name none.
             */
            user: string | null;
            amounts: components["schemas"]["AmountsOut"];
        };
        /** UsageOut */
        UsageOut: {
            /** Prompt Tokens */
            prompt_tokens: number;
            /** Completion Tokens */
            completion_tokens: number;
            context: components["schemas"]["ContextOut"];
        };
        /** UsageReportOut */
        UsageReportOut: {
            /**
             * Object
             * @default usage
             * @constant
             */
            object: "usage";
            /**
             * Start
             * Format: date
             */
            start: string;
            /**
             * End
             * Format: date
             */
            end: string;
            /**
             * Data
             * @description Days with usage, oldest first.
             */
            data: components["schemas"]["UsageDayOut"][];
            total: components["schemas"]["AmountsOut"];
        };
        /**
         * VectorStoreChangesIn
         * @example {
         *       "name": "Handbooks of 2026"
         *     }
         */
        VectorStoreChangesIn: {
            /** Name */
            name?: string | null;
            /** Description */
            description?: string | null;
            /** Metadata */
            metadata?: {
                [key: string]: string;
            } | null;
            /**
             * Expires After
             * @description Refused: stores do not expire.
             */
            expires_after?: unknown;
        };
        /** VectorStoreDeletedOut */
        VectorStoreDeletedOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default vector_store.deleted
             * @constant
             */
            object: "vector_store.deleted";
            /**
             * Deleted
             * @default true
             * @constant
             */
            deleted: true;
        };
        /**
         * VectorStoreIn
         * @example {
         *       "metadata": {
         *         "team": "support"
         *       },
         *       "name": "Handbooks"
         *     }
         */
        VectorStoreIn: {
            /** Name */
            name?: string | null;
            /** Description */
            description?: string | null;
            /** Metadata */
            metadata?: {
                [key: string]: string;
            } | null;
            /**
             * Expires After
             * @description Refused: stores do not expire.
             */
            expires_after?: unknown;
            /**
             * File Ids
             * @default []
             */
            file_ids?: string[];
            chunking_strategy?: components["schemas"]["ChunkingStrategyIn"] | null;
        };
        /** VectorStoreOut */
        VectorStoreOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default vector_store
             * @constant
             */
            object: "vector_store";
            /**
             * Created At
             * @description Seconds since 1970.
             */
            created_at: number;
            /**
             * Last Active At
             * @description Seconds since 1970.
             */
            last_active_at: number;
            /** Name */
            name: string;
            /** Description */
            description: string | null;
            /**
             * Collection
             * @description The collection that the store is: say it as `collections` elsewhere.
             */
            collection: string;
            /** Usage Bytes */
            usage_bytes: number;
            /** Metadata */
            metadata: {
                [key: string]: string;
            };
            /** Expires After */
            expires_after: string | null;
            /** Expires At */
            expires_at: string | null;
            readonly file_counts: components["schemas"]["FileCountsOut"];
            /**
             * Status
             * @enum {string}
             */
            readonly status: "in_progress" | "completed";
        };
        /**
         * VectorStoreSearchIn
         * @example {
         *       "query": "When does the museum open?"
         *     }
         */
        VectorStoreSearchIn: {
            /** Query */
            query: string | string[];
            /**
             * Max Num Results
             * @default 10
             */
            max_num_results?: number;
            /**
             * Filters
             * @description {"type": "eq", "key": "year", "value": 2026}
             */
            filters?: {
                [key: string]: unknown;
            } | null;
            ranking_options?: components["schemas"]["RankingOptionsIn"] | null;
            /**
             * Rewrite Query
             * @description Queries are searched as they are.
             */
            rewrite_query?: boolean | null;
        };
        /** VectorStoreSearchOut */
        VectorStoreSearchOut: {
            /**
             * Object
             * @default vector_store.search_results.page
             * @constant
             */
            object: "vector_store.search_results.page";
            /** Search Query */
            search_query: string[];
            /** Data */
            data: components["schemas"]["FoundPassageOut"][];
            /**
             * Has More
             * @default false
             * @constant
             */
            has_more: false;
            /** Next Page */
            next_page: string | null;
        };
        /** WarningOut */
        WarningOut: {
            /** Code */
            code: string;
            /** Message */
            message: string;
        };
        /**
         * WebhookChangesIn
         * @description At least one field. What is left out stays as it is.
         * @example {
         *       "enabled": false
         *     }
         */
        WebhookChangesIn: {
            /** Url */
            url?: string | null;
            /** Events */
            events?: ("document.ready" | "document.failed" | "training.finished" | "adapter.activated" | "evaluation.finished")[] | null;
            /** Description */
            description?: string | null;
            /**
             * Enabled
             * @description false: no new deliveries.
             */
            enabled?: boolean | null;
        };
        /**
         * WebhookIn
         * @example {
         *       "events": [
         *         "document.ready",
         *         "document.failed"
         *       ],
         *       "url": "https://example.org/hooks/loracle"
         *     }
         */
        WebhookIn: {
            /**
             * Url
             * @description http or https, of a public host, on port 80 or 443.
             */
            url: string;
            /** Events */
            events: ("document.ready" | "document.failed" | "training.finished" | "adapter.activated" | "evaluation.finished")[];
            /**
             * Description
             * @default
             */
            description?: string;
            /**
             * Enabled
             * @default true
             */
            enabled?: boolean;
        };
        /** WebhookOut */
        WebhookOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default webhook
             * @constant
             */
            object: "webhook";
            /** Url */
            url: string;
            /** Events */
            events: string[];
            /** Description */
            description: string;
            /** Enabled */
            enabled: boolean;
            /** Created At */
            created_at: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
