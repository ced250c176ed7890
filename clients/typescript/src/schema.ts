/** Generated from the OpenAPI document by `make clients`: do not edit. */

export interface paths {
    "/api/v1/documents/by-key/{external_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a document by your own key
         * @description The document with its status and progress.
         */
        get: operations["get_document_by_key"];
        /**
         * Put a text under your own key
         * @description Makes the document, or replaces its text by a new version; the old one answers until the new one is ready.
         *
         *     The same text again is not read again (200). 409 if another document has the file name.
         */
        put: operations["put_document_by_key"];
        post?: never;
        /**
         * Delete a document by your own key
         * @description As `DELETE /documents/{document_id}`.
         */
        delete: operations["delete_document_by_key"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List documents
         * @description Documents of your tenant, newest first.
         */
        get: operations["list_documents"];
        put?: never;
        /**
         * Upload a document
         * @description Stores PDF, DOCX, PPTX, XLSX, ODT, ODS, ODP, DOC, XLS, PPT, RTF, HTML, Markdown, LaTeX, reStructuredText, Org, AsciiDoc, text, CSV, TSV, JSON, JSONL, XML, EPUB, EML, MHTML, MSG, MBOX, ICS, VCF, notebooks, subtitles, source code, logs, images, and ZIP or gzip of these, and ingests it in the background: follow `status` or the document's `events`. A file name in a collection is one document. Its bytes again change nothing but its metadata (200). Other bytes are a new version, which is searched once it is ready; the old one is searched until then. A version that is still on its way gives way to a newer one.
         */
        post: operations["upload_document"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete many documents
         * @description Up to 1,000 by their ids. Those that are no documents of yours are named; the others are deleted all the same.
         */
        post: operations["delete_documents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/from-url": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload a document from a URL
         * @description Fetches the file, then continues as an upload does. 403 unless LORACLE_URL_INGESTION is on.
         *
         *     Fetches from hosts on the public internet only, and follows redirects by the same rule.
         */
        post: operations["upload_from_url"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/{document_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a document
         * @description One document with its status and progress.
         */
        get: operations["get_document"];
        put?: never;
        post?: never;
        /**
         * Delete a document
         * @description Removes the document from answers at once, then its files from disk.
         */
        delete: operations["delete_document"];
        options?: never;
        head?: never;
        /**
         * Change a document
         * @description Renames a document, moves it to another collection, replaces the metadata that filters use. Nothing is embedded.
         *
         *     If the collection has other chunk settings, the document is split again in the background and answers from its old
         *     chunks until then. 409 if the collection has another document of that name.
         */
        patch: operations["update_document"];
        trace?: never;
    };
    "/api/v1/documents/{document_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel ingestion
         * @description Stops the ingestion of the newest version. The live version stays live.
         */
        post: operations["cancel_document"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/{document_id}/reparse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read a document again
         * @description Reads the file that was uploaded last again, as a new version: after OCR was installed, for example.
         *
         *     The live version answers until the new one is ready. 409 if the document is being read already.
         */
        post: operations["reparse_document"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/{document_id}/chunks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List chunks
         * @description The chunks of the version that answers, in reading order, with those that are disabled.
         */
        get: operations["list_chunks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/{document_id}/chunks/{chunk_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a chunk
         * @description One chunk of the version that answers, disabled or not.
         */
        get: operations["get_chunk"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Enable or disable a chunk
         * @description A disabled chunk is in no search, answer or summary. When the document is read again, a chunk of the same text
         *     stays disabled.
         */
        patch: operations["update_chunk"];
        trace?: never;
    };
    "/api/v1/documents/{document_id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the extracted text
         * @description The extracted text, to which quotes and offsets refer, with its pages.
         */
        get: operations["get_content"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/{document_id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download the original file
         * @description The file that was uploaded last, as an attachment.
         */
        get: operations["get_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/{document_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow ingestion
         * @description Server-sent events: `progress` with the document whenever it changes, then `done`.
         */
        get: operations["follow_document"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/{document_id}/pages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List pages
         * @description The document's pages with their labels, sizes and offsets in its text.
         */
        get: operations["list_pages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/{document_id}/pages/{page}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a page
         * @description The text of a page, also as HTML that is safe to insert, in which the range from `start` to `end` is marked.
         */
        get: operations["get_page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/{document_id}/pages/{page}/image": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a page as an image
         * @description A PNG image of a page of a PDF or picture, as a reader sees it: rotated and cropped. 409 for other documents.
         */
        get: operations["get_page_image"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/{document_id}/quote-boxes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find a quote on the pages
         * @description Boxes around a range of the document's text, such as `char_start` to `char_end` of a citation.
         *
         *     They are in points of the page as it is shown, from its upper left corner, as the sizes of pages are: multiply by
         *     the image's width over the page's width. PDFs and pictures have boxes; the first quote on a scanned page takes the
         *     seconds of recognising its text.
         */
        get: operations["locate_quote"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/{document_id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a link to a file or page
         * @description A URL for a frame, an image or a new tab, where no key can be sent. It opens one version of one document, for a
         *     short time, and nothing once the document is deleted.
         */
        post: operations["create_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/links/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open a link
         * @description Needs no key. PDFs, pictures and text are shown in the browser, all other files are saved; an HTML file is shown
         *     as its source. May be framed by any page.
         */
        get: operations["open_link"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload many documents
         * @description Up to 1,000 files in one call, with folders in their names. The members of ZIP archives become documents.
         *
         *     A file that cannot be uploaded is listed in `refused` and does not affect the others. The same files again are the
         *     same documents, so an interrupted upload can simply be sent again.
         */
        post: operations["upload_batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/batches/{batch_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a batch
         * @description The progress of its documents; `GET /documents?batch=` lists them.
         */
        get: operations["get_batch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/batches/{batch_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow a batch
         * @description Server-sent events: `progress` with the batch whenever it changes, then `done`.
         */
        get: operations["follow_batch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/batches/{batch_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a batch
         * @description Stops the ingestion of its unfinished documents. Documents that are ready stay.
         */
        post: operations["cancel_batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/collections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List collections
         * @description All collections by name: those with documents and those with settings.
         */
        get: operations["list_collections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/collections/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a collection
         * @description The settings of a collection, and how many documents are outdated by them.
         */
        get: operations["get_collection"];
        /**
         * Set a collection up
         * @description Replaces the settings. If the chunking changes, documents are reindexed in the background: searches find the old
         *     chunks of a document until they find all of its new ones.
         */
        put: operations["set_collection"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/collections/{name}/reparse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read a collection again
         * @description Reads the files of all its documents again that are ready or failed, each as a new version, in the background.
         *
         *     Each live version answers until its new one is ready. New documents go first.
         */
        post: operations["reparse_collection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Search passages
         * @description The passages nearest to a query, by cosine similarity and full text, best first.
         */
        post: operations["search"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask a question
         * @description Answers from your documents and cites the passage each sentence rests on, or says that they do not hold the answer. Greetings, questions about your documents (which, how many, when uploaded), requests about the answer before (shorter, as a list, in Portuguese) and for whole documents (summarise, outline, compare) have a `route` of their own. With `stream: true` the answer comes as server-sent events: `retrieval`, then `progress` while whole documents are read, `token`..., with a `citation` as each sentence closes, then `done` with the whole object, or `error`.
         */
        post: operations["chat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/answering": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get answering settings
         * @description Your tenant's own.
         */
        get: operations["get_answering"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change answering settings
         * @description What is left out stays. In force from the next question on.
         */
        patch: operations["change_answering"];
        trace?: never;
    };
    "/api/v1/documents/{document_id}/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sum up a document
         * @description The sentences that say most of the live version, each cited. 409 until a version is ready.
         */
        post: operations["summarise_document"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List conversations
         * @description Conversations of your tenant, the one spoken in last first.
         */
        get: operations["list_conversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a conversation
         * @description One conversation, without its turns.
         */
        get: operations["get_conversation"];
        put?: never;
        post?: never;
        /**
         * Delete a conversation
         * @description With all its turns and their feedback.
         */
        delete: operations["delete_conversation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation_id}/turns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List turns
         * @description Questions and answers of a conversation, oldest first.
         */
        get: operations["list_turns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List feedback
         * @description What users of your tenant said of answers, newest first.
         */
        get: operations["list_feedback"];
        put?: never;
        /**
         * Rate an answer
         * @description Thumbs up or down, with the answer it should have been if you know it.
         */
        post: operations["add_feedback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/feedback/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export feedback as cases
         * @description Corrected and approved answers as questions with right answers, one JSON object a line: an evaluation's input.
         */
        get: operations["export_feedback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/adapters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List adapters
         * @description All versions of all adapters of your tenant, built-in ones included, newest first.
         */
        get: operations["list_adapters"];
        put?: never;
        /**
         * Upload an adapter
         * @description A LoRA adapter as PEFT's save_pretrained writes it, for the base model served here. It is checked to the last value and kept under a version that names its content; it answers once it is activated. An activated LoRA (`alora_invocation_tokens`) is refused if no prompt here can hold its tokens.
         */
        post: operations["upload_adapter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/adapters/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an adapter
         * @description One version, the newest if none is named.
         */
        get: operations["get_adapter"];
        put?: never;
        post?: never;
        /**
         * Delete an adapter
         * @description One version, or all of the name. The active one cannot be deleted; a built-in one comes back, not active.
         */
        delete: operations["delete_adapter"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/adapters/{name}/compress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Compress an adapter
         * @description A new version at a lower rank, by truncated SVD of its updates: exact, without the base model.
         *
         *     What it costs in answers is for an evaluation to say; the report page shows both.
         */
        post: operations["compress_adapter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/adapters/{name}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Merge adapters
         * @description A new version of `name` that is the weighted sum of other adapters of yours.
         */
        post: operations["merge_adapters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/adapters/{name}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export an adapter
         * @description The adapter in a format that other programs load.
         */
        get: operations["export_adapter"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/adapters/{name}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Activate an adapter
         * @description From the next request on, without a restart; running answers keep the version they began with.
         *
         *     The gate: an evaluation against what is in force must say `better` or `not worse`, or `override` gives the reason
         *     why not, which is kept with the activation.
         */
        post: operations["activate_adapter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/adapters/{name}/deactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deactivate an adapter
         * @description Back to the plain base model, if this adapter is the active one; so the starter adapter is turned off.
         */
        post: operations["deactivate_adapter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/adapters/{name}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Roll back
         * @description Undo the last change: end a running canary, else go back to what was active before, be it another version,
         *     another adapter, the starter adapter or the plain base model.
         */
        post: operations["roll_back_adapter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/adapters/{name}/canary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try an adapter
         * @description Let a version answer a share of the conversations, chosen by their id, beside the active one.
         *
         *     It must have been evaluated and not be `worse`, or `override` says why. Activating anything, rolling back, or a
         *     share of 0 ends the canary.
         */
        post: operations["try_adapter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/adapters/{name}/activations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was active when
         * @description Every change of the adapter that answers your tenant, newest first, with the evaluation or reason behind it.
         */
        get: operations["list_activations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/adapters/{name}/evaluations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List evaluations of an adapter
         * @description Newest first.
         */
        get: operations["list_evaluations"];
        put?: never;
        /**
         * Evaluate an adapter
         * @description Ask the adapter and what it would replace the same questions over the same passages, and compare.
         *
         *     Give questions that it was not trained on: at least 50 with answers, about at least 8 documents (`group`).
         */
        post: operations["evaluate_adapter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/adapters/{name}/evaluations/{evaluation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an evaluation
         * @description Its progress and, when it has ended, verdict and report.
         */
        get: operations["get_evaluation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/adapters/{name}/evaluations/{evaluation_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an evaluation
         * @description A running one ends at its next question, without a verdict.
         */
        post: operations["cancel_evaluation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/adapters/{name}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Report page of an adapter
         * @description One version on one page: origin, staleness, verdicts with intervals, singular values, history.
         */
        get: operations["report_adapter"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/evaluations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List evaluations
         * @description Newest first.
         */
        get: operations["list_tenant_evaluations"];
        put?: never;
        /**
         * Evaluate answers
         * @description Ask your documents your own questions and score answers, refusals, citations, language and latency.
         *
         *     Everyday questions are asked through the chat, with all their turns, in conversations that your lists do not show. A
         *     case without passages is asked of your index; one with `context` or `gold_passage` and `distractors` of those. One
         *     that fails is recorded with its `error`, and the evaluation goes on.
         */
        post: operations["create_evaluation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/evaluations/{evaluation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an evaluation of answers
         * @description Its progress and, when it has ended, its scores.
         */
        get: operations["get_tenant_evaluation"];
        put?: never;
        post?: never;
        /**
         * Delete an evaluation
         * @description With its results; a running one ends.
         */
        delete: operations["delete_evaluation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/evaluations/{evaluation_id}/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List results
         * @description What became of each question, as far as it got.
         */
        get: operations["list_results"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/evaluations/{evaluation_id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Report page of an evaluation
         * @description Tables, bars with intervals, risk-coverage curves and each everyday question, on a page that loads nothing.
         */
        get: operations["report_evaluation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/evaluations/{evaluation_id}/comparison/{other_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare two evaluations
         * @description Paired differences, the other minus this one, over the questions that both answered.
         */
        get: operations["compare_evaluations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/training/datasets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List datasets
         * @description All versions of all datasets of your tenant, newest first.
         */
        get: operations["list_datasets"];
        put?: never;
        /**
         * Upload a dataset
         * @description Every row is checked; if one is wrong, nothing is kept and the error names the lines. Else the next version.
         */
        post: operations["upload_dataset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/training/datasets/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Validate a dataset
         * @description What is in the file and what is wrong with it, line by line. Nothing is kept.
         */
        post: operations["validate_dataset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/training/datasets/from-documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a dataset of documents
         * @description Sentences of your documents as questions with a gap, over the passages that a search for them finds.
         *
         *     In some rows the passage that holds the answer is taken away: there a refusal is right. Export it and have
         *     somebody who knows the documents read it before you train on it.
         */
        post: operations["make_dataset_of_documents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/training/datasets/from-feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a dataset of feedback
         * @description Corrected answers, and answers that were rated `up`, over the passages that a search finds now.
         */
        post: operations["make_dataset_of_feedback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/training/datasets/{dataset_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a dataset
         * @description Its report, previews and sources.
         */
        get: operations["get_dataset"];
        put?: never;
        post?: never;
        /**
         * Delete a dataset
         * @description Rows and all. A training that needs them ends as failed (`dataset_deleted`); adapters made of them stay.
         */
        delete: operations["delete_dataset"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/training/datasets/{dataset_id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export a dataset
         * @description The rows as JSONL: review them, change them, upload them again as the next version.
         */
        get: operations["export_dataset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/training/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List trainings
         * @description Newest first.
         */
        get: operations["list_trainings"];
        put?: never;
        /**
         * Train an adapter
         * @description Queue a training. One runs at a time, below serving in priority; a new adapter version comes of it.
         *
         *     The version is evaluated on the rows that were kept out, against what is in force; it answers only once it has
         *     passed and was activated. With `search` recipes of a grid are tried first, and the best one is trained to its end.
         */
        post: operations["create_training"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/training/jobs/estimate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Estimate a training
         * @description What it would take: steps, tokens, time. Nothing is queued.
         */
        post: operations["estimate_training"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/training/jobs/{training_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a training
         * @description Status, progress, time left, figures of the newest step; in the end what was made, or why not.
         */
        get: operations["get_training"];
        put?: never;
        post?: never;
        /**
         * Delete a training
         * @description Its record and checkpoints. The adapter that it made stays.
         */
        delete: operations["delete_training"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/training/jobs/{training_id}/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the loss curve
         * @description Figures of each step: training loss, token accuracy, learning rate, tokens a second; validation loss.
         */
        get: operations["get_training_metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/training/jobs/{training_id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Report page of a training
         * @description The loss curve, the trials of a search and what happened, on one page.
         */
        get: operations["report_training"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/training/jobs/{training_id}/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what happened
         * @description Its events, the oldest first.
         */
        get: operations["get_training_log"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/training/jobs/{training_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow a training
         * @description Server-sent events: `log` and `point` as they come, `progress` with the job when it changed, then `done`.
         */
        get: operations["follow_training"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/training/jobs/{training_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a training
         * @description A queued one ends at once, a running one after its step; its checkpoint stays, so that it can be resumed.
         */
        post: operations["cancel_training"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/training/jobs/{training_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a training
         * @description Queue one that failed or was cancelled again: it goes on from its newest checkpoint.
         */
        post: operations["resume_training"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List models
         * @description `loracle` (your documents, answered by what is in force), `loracle-base` (the base model without documents),
         *     `loracle-embeddings`, and each of your adapters that can answer: by its name and by each version.
         */
        get: operations["list_models"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a model
         * @description A model by its name: `loracle`, `loracle-base`, or an adapter as `name`, `name@version` or `loracle:name`.
         */
        get: operations["get_model"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/completions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete a chat
         * @description Answers the last message of the user in OpenAI's form; the messages before it are the conversation, of which nothing is stored. The model `loracle` or an adapter answers from your documents: the message's `annotations` cite them, `loracle` says the rest, such as whether it is a refusal; system messages are not read. The model `loracle-base` answers without documents. With `stream: true` the answer comes as chunks, the annotations in one of the last, then `[DONE]`. Tools, images, audio, `logprobs`, `n` above 1 and a `response_format` other than text are refused; other fields of OpenAI's are ignored.
         */
        post: operations["complete_chat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/embeddings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Embed texts
         * @description Vectors of one or more texts by the service's embedding model, `loracle-embeddings`, as numbers or as base64. A text longer than the model reads is an error, so are token ids instead of text.
         */
        post: operations["embed_texts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List tenants
         * @description All tenants of the service, newest first.
         */
        get: operations["list_tenants"];
        put?: never;
        /**
         * Create a tenant
         * @description The answer holds its first key.
         */
        post: operations["create_tenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{tenant_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a tenant
         * @description A tenant by its id.
         */
        get: operations["get_tenant"];
        put?: never;
        post?: never;
        /**
         * Delete a tenant
         * @description Deletes all that the tenant has: documents, conversations, adapters, keys.
         */
        delete: operations["delete_tenant"];
        options?: never;
        head?: never;
        /**
         * Suspend or resume a tenant
         * @description Takes effect with the next request.
         */
        patch: operations["update_tenant"];
        trace?: never;
    };
    "/api/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List keys
         * @description Keys without their secrets, newest first.
         */
        get: operations["list_keys"];
        put?: never;
        /**
         * Create a key
         * @description For any tenant. The key is in the answer and nowhere else.
         */
        post: operations["create_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a key
         * @description It fails from the next request on.
         */
        delete: operations["revoke_key"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is the process alive?
         * @description Answers as long as the event loop runs; looks at nothing else.
         */
        get: operations["healthz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is the service ready?
         * @description Schema, database, index, models, disk, and whether it is draining.
         */
        get: operations["readyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Prometheus metrics
         * @description Requests, answers, jobs and the generator's own figures.
         */
        get: operations["metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
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
            refusal: null;
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
         * BatchOut
         * @example {
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
             * @description JSONL, one row a line: `messages`; or `prompt` and `completion`; or `question`, `context` (a text or a list) and `answer` (null teaches a refusal).
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
        };
        /** Body_validate_dataset */
        Body_validate_dataset: {
            /**
             * File
             * Format: binary
             * @description JSONL, one row a line: `messages`; or `prompt` and `completion`; or `question`, `context` (a text or a list) and `answer` (null teaches a refusal).
             */
            file: Blob;
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
            /** Logprobs */
            logprobs: null;
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
            system_fingerprint: null;
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
             * @description Refused unless false.
             */
            logprobs?: boolean | null;
            /**
             * Top Logprobs
             * @description Refused unless 0.
             */
            top_logprobs?: number | null;
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
            system_fingerprint: null;
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
             * @description Why the answer ended: `length`: cut at max_tokens; `repetition`: it went in a circle.
             * @default stop
             * @enum {string}
             */
            finish_reason: "stop" | "length" | "repetition";
            /**
             * Trace
             * @description What each step did, in order.
             * @default []
             */
            trace: components["schemas"]["StepTraceOut"][];
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
            /** Logprobs */
            logprobs: {
                [key: string]: unknown;
            } | null;
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
            refusal?: null;
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
             * @description The first question.
             */
            title: string;
            /** Created At */
            created_at: string;
            /** Updated At */
            updated_at: string;
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
        };
        /**
         * DocumentOut
         * @example {
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
            rating: components["schemas"]["Rating"];
            /** Corrected Answer */
            corrected_answer: string | null;
            /** Comment */
            comment: string | null;
            /** Created At */
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
             * @description As `document_id`.
             */
            readonly file_id: string;
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
        /**
         * RefusalReason
         * @enum {string}
         */
        RefusalReason: "no_documents" | "nothing_relevant" | "unsupported";
        /** RefusedOut */
        RefusedOut: {
            /** Filename */
            filename: string;
            /** Code */
            code: string;
            /** Message */
            message: string;
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
        /** ResponseFormatIn */
        ResponseFormatIn: {
            /**
             * Type
             * @description `text` only.
             */
            type: string;
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
         * RetrievalOut
         * @description The data of a `retrieval` event.
         */
        RetrievalOut: {
            /** Passages */
            passages: components["schemas"]["PassageOut"][];
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
        /**
         * TokenOut
         * @description The data of a `token` event.
         */
        TokenOut: {
            /** Text */
            text: string;
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
        TrainingStatus: "queued" | "validating_files" | "running" | "succeeded" | "failed" | "cancelled";
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
            /** Created At */
            created_at: string;
        };
        /** UsageOut */
        UsageOut: {
            /** Prompt Tokens */
            prompt_tokens: number;
            /** Completion Tokens */
            completion_tokens: number;
            context: components["schemas"]["ContextOut"];
        };
        /** WarningOut */
        WarningOut: {
            /** Code */
            code: string;
            /** Message */
            message: string;
        };
    };
    responses: {
        /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
        Error400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description No API key, or one that is unknown or revoked. */
        Error401: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description The key lacks the scope, or its tenant is suspended. */
        Error403: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description The thing is in a state that does not allow this. */
        Error409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description The body or the file is too large. */
        Error413: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description The file is of no supported type, or the body of no expected content type. */
        Error415: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description A field is missing, unknown or out of bounds; `param` names it. */
        Error422: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description Not ready; `checks` says why. */
        Error503: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Readiness"];
            };
        };
        /** @description The disk is full; nothing was saved. */
        Error507: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description No such thing, or not yours: both look alike. */
        Error404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description Your tenant's own limit is reached; see Retry-After. */
        Error429: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description The answer did not finish in time. */
        Error504: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    get_document_by_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Your own id of the document; it may have slashes. */
                external_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    put_document_by_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Your own id of the document; it may have slashes. */
                external_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyedTextIn"];
            };
        };
        responses: {
            /** @description The document has this text already. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentOut"];
                };
            };
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentOut"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            409: components["responses"]["Error409"];
            413: components["responses"]["Error413"];
            415: components["responses"]["Error415"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
            507: components["responses"]["Error507"];
        };
    };
    delete_document_by_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Your own id of the document; it may have slashes. */
                external_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    list_documents: {
        parameters: {
            query?: {
                /** @description Only with all these words, or parts of words, in the name; case and accents do not count. */
                q?: string | null;
                /** @description By time, name, collection or size. */
                sort?: "created_at" | "filename" | "collection" | "bytes";
                /** @description How many at most. */
                limit?: number;
                /** @description The `next_cursor` or the `last_id` of the page before. */
                after?: string | null;
                /** @description Of what `sort` names. Left out: names from A to Z, all else from the newest or largest. */
                order?: ("asc" | "desc") | null;
                /** @description Only of this collection. */
                collection?: string | null;
                /** @description Only with this status. */
                status?: components["schemas"]["DocumentStatus"] | null;
                /** @description Only of this batch. */
                batch?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_DocumentOut_"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    upload_document: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["Body_upload_document"];
            };
        };
        responses: {
            /** @description The document has these bytes already: only its metadata change. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentOut"];
                };
            };
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentOut"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            409: components["responses"]["Error409"];
            413: components["responses"]["Error413"];
            415: components["responses"]["Error415"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
            507: components["responses"]["Error507"];
        };
    };
    delete_documents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeletionIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletionOut"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            413: components["responses"]["Error413"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    upload_from_url: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FromUrlIn"];
            };
        };
        responses: {
            /** @description The document has these bytes already: only its metadata change. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentOut"];
                };
            };
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentOut"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            413: components["responses"]["Error413"];
            415: components["responses"]["Error415"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
            507: components["responses"]["Error507"];
        };
    };
    get_document: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    delete_document: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    update_document: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DocumentChangesIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentOut"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            409: components["responses"]["Error409"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    cancel_document: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            409: components["responses"]["Error409"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    reparse_document: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            409: components["responses"]["Error409"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    list_chunks: {
        parameters: {
            query?: {
                /** @description Only with all these words in the text. */
                q?: string | null;
                /** @description Only those that searches find, or do not find. */
                enabled?: boolean | null;
                /** @description How many at most. */
                limit?: number;
                /** @description The `next_cursor` or the `last_id` of the page before. */
                after?: string | null;
                /** @description By time: newest first or oldest first. */
                order?: "asc" | "desc";
            };
            header?: never;
            path: {
                document_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_ChunkOut_"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    get_chunk: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: string;
                chunk_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChunkOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    update_chunk: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: string;
                chunk_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChunkChangesIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChunkOut"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    get_content: {
        parameters: {
            query?: {
                /** @description The live version if left out. */
                version?: number | null;
            };
            header?: never;
            path: {
                document_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContentOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    get_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": Blob;
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    follow_document: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": {
                        /** @constant */
                        event: "progress";
                        id?: string;
                        data: string;
                    } | {
                        /** @constant */
                        event: "done";
                        id?: string;
                        data: string;
                    } | {
                        /** @constant */
                        event: "error";
                        id?: string;
                        data: string;
                    } | {
                        /** @constant */
                        event: "server_shutdown";
                        id?: string;
                        data: string;
                    };
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    list_pages: {
        parameters: {
            query?: {
                /** @description The live version if left out. */
                version?: number | null;
            };
            header?: never;
            path: {
                document_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PagesOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            429: components["responses"]["Error429"];
            503: components["responses"]["Error503"];
        };
    };
    get_page: {
        parameters: {
            query?: {
                /** @description The live version if left out. */
                version?: number | null;
                /** @description Offset into the document's text, in Unicode code points. */
                start?: number;
                /** @description Offset into the document's text, in Unicode code points. */
                end?: number;
            };
            header?: never;
            path: {
                document_id: string;
                /** @description From 1. */
                page: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageContentOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            429: components["responses"]["Error429"];
            503: components["responses"]["Error503"];
        };
    };
    get_page_image: {
        parameters: {
            query?: {
                /** @description In pixels. A very long page is drawn narrower. */
                width?: number;
                /** @description The live version if left out. */
                version?: number | null;
            };
            header?: {
                "if-none-match"?: string | null;
            };
            path: {
                document_id: string;
                /** @description From 1. */
                page: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": Blob;
                };
            };
            /** @description The page has not changed since the image with the `If-None-Match` was sent. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            409: components["responses"]["Error409"];
            422: components["responses"]["Error422"];
            429: components["responses"]["Error429"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    locate_quote: {
        parameters: {
            query: {
                /** @description Offset into the document's text, in Unicode code points. */
                start: number;
                /** @description Offset into the document's text, in Unicode code points. */
                end: number;
                /** @description The live version if left out. */
                version?: number | null;
            };
            header?: never;
            path: {
                document_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuotePlaceOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            409: components["responses"]["Error409"];
            422: components["responses"]["Error422"];
            429: components["responses"]["Error429"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    create_link: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkOut"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            413: components["responses"]["Error413"];
            422: components["responses"]["Error422"];
            429: components["responses"]["Error429"];
            503: components["responses"]["Error503"];
            507: components["responses"]["Error507"];
        };
    };
    open_link: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file or the page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": Blob;
                    "application/pdf": Blob;
                    "image/png": Blob;
                    "text/plain": Blob;
                    "text/html": Blob;
                };
            };
            404: components["responses"]["Error404"];
            409: components["responses"]["Error409"];
            422: components["responses"]["Error422"];
            429: components["responses"]["Error429"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    upload_batch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** @description Up to 1,000 files. A name may have folders: `2026/march/report.pdf`. */
                    files: Blob[];
                    /** @default default */
                    collection?: string;
                    /**
                     * @description A JSON object, for every document.
                     * @default {}
                     */
                    metadata?: string;
                    /**
                     * @description Upload the members of a ZIP archive as documents, not the archive as one.
                     * @default true
                     * @enum {string}
                     */
                    unpack?: "true" | "false";
                };
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchOut"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            413: components["responses"]["Error413"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
            507: components["responses"]["Error507"];
        };
    };
    get_batch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    follow_batch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": {
                        /** @constant */
                        event: "progress";
                        id?: string;
                        data: string;
                    } | {
                        /** @constant */
                        event: "done";
                        id?: string;
                        data: string;
                    } | {
                        /** @constant */
                        event: "error";
                        id?: string;
                        data: string;
                    } | {
                        /** @constant */
                        event: "server_shutdown";
                        id?: string;
                        data: string;
                    };
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    cancel_batch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    list_collections: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CollectionsOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    get_collection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The collection's name. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CollectionOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    set_collection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The collection's name. */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CollectionIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CollectionOut"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
            507: components["responses"]["Error507"];
        };
    };
    reparse_collection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The collection's name. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CollectionReparseOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    search: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SearchIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchOut"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            413: components["responses"]["Error413"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    chat: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChatIn"];
            };
        };
        responses: {
            /** @description The answer, as JSON or as events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatOut"];
                    "text/event-stream": {
                        /** @constant */
                        event: "retrieval";
                        id?: string;
                        data: string;
                    } | {
                        /** @constant */
                        event: "progress";
                        id?: string;
                        data: string;
                    } | {
                        /** @constant */
                        event: "token";
                        id?: string;
                        data: string;
                    } | {
                        /** @constant */
                        event: "citation";
                        id?: string;
                        data: string;
                    } | {
                        /** @constant */
                        event: "done";
                        id?: string;
                        data: string;
                    } | {
                        /** @constant */
                        event: "error";
                        id?: string;
                        data: string;
                    } | {
                        /** @constant */
                        event: "server_shutdown";
                        id?: string;
                        data: string;
                    };
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            409: components["responses"]["Error409"];
            413: components["responses"]["Error413"];
            422: components["responses"]["Error422"];
            429: components["responses"]["Error429"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
            507: components["responses"]["Error507"];
        };
    };
    get_answering: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnsweringOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    change_answering: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnsweringIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnsweringOut"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            413: components["responses"]["Error413"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    summarise_document: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SummaryIn"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SummaryOut"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            409: components["responses"]["Error409"];
            413: components["responses"]["Error413"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    list_conversations: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description The `next_cursor` or the `last_id` of the page before. */
                after?: string | null;
                /** @description By time: newest first or oldest first. */
                order?: "asc" | "desc";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_ConversationOut_"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    get_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    delete_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    list_turns: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description The `next_cursor` or the `last_id` of the page before. */
                after?: string | null;
                /** @description By time: newest first or oldest first. */
                order?: "asc" | "desc";
            };
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_TurnOut_"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    list_feedback: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description The `next_cursor` or the `last_id` of the page before. */
                after?: string | null;
                /** @description By time: newest first or oldest first. */
                order?: "asc" | "desc";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_FeedbackOut_"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    add_feedback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FeedbackIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeedbackOut"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            413: components["responses"]["Error413"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
            507: components["responses"]["Error507"];
        };
    };
    export_feedback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": Blob;
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    list_adapters: {
        parameters: {
            query?: {
                /** @description Only with all these words, or parts of words, in the name; case and accents do not count. */
                q?: string | null;
                /** @description By time, or by the name. */
                sort?: "created_at" | "name";
                /** @description How many at most. */
                limit?: number;
                /** @description The `next_cursor` or the `last_id` of the page before. */
                after?: string | null;
                /** @description Of what `sort` names. Left out: names from A to Z, all else from the newest or largest. */
                order?: ("asc" | "desc") | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_AdapterOut_"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    upload_adapter: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["Body_upload_adapter"];
            };
        };
        responses: {
            /** @description This version is here already. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdapterOut"];
                };
            };
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdapterOut"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            413: components["responses"]["Error413"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
            507: components["responses"]["Error507"];
        };
    };
    get_adapter: {
        parameters: {
            query?: {
                /** @description One version; all or the newest if left out. */
                version?: string | null;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdapterOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    delete_adapter: {
        parameters: {
            query?: {
                /** @description One version; all or the newest if left out. */
                version?: string | null;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            409: components["responses"]["Error409"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    compress_adapter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CompressIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CompressionOut"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
            507: components["responses"]["Error507"];
        };
    };
    merge_adapters: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MergeIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdapterOut"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
            507: components["responses"]["Error507"];
        };
    };
    export_adapter: {
        parameters: {
            query?: {
                /** @description One version; all or the newest if left out. */
                version?: string | null;
                /** @description A ZIP of PEFT's files, or llama.cpp's GGUF. */
                to?: "peft" | "gguf";
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": Blob;
                    "application/octet-stream": Blob;
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    activate_adapter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ActivateIn"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdapterOut"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            409: components["responses"]["Error409"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    deactivate_adapter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActiveOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    roll_back_adapter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActiveOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            409: components["responses"]["Error409"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    try_adapter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CanaryIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActiveOut"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            409: components["responses"]["Error409"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    list_activations: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    list_evaluations: {
        parameters: {
            query?: {
                /** @description One version; all or the newest if left out. */
                version?: string | null;
                /** @description How many at most. */
                limit?: number;
                /** @description The `next_cursor` or the `last_id` of the page before. */
                after?: string | null;
                /** @description By time: newest first or oldest first. */
                order?: "asc" | "desc";
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_AdapterEvaluationOut_"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    evaluate_adapter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["Body_evaluate_adapter"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdapterEvaluationOut"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            409: components["responses"]["Error409"];
            413: components["responses"]["Error413"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
            507: components["responses"]["Error507"];
        };
    };
    get_evaluation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                evaluation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdapterEvaluationOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    cancel_evaluation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                evaluation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdapterEvaluationOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            409: components["responses"]["Error409"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    report_adapter: {
        parameters: {
            query?: {
                /** @description One version; all or the newest if left out. */
                version?: string | null;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    list_tenant_evaluations: {
        parameters: {
            query?: {
                /** @description Only with all these words, or parts of words, in the name; case and accents do not count. */
                q?: string | null;
                /** @description By time, or by the name. */
                sort?: "created_at" | "name";
                /** @description How many at most. */
                limit?: number;
                /** @description The `next_cursor` or the `last_id` of the page before. */
                after?: string | null;
                /** @description Of what `sort` names. Left out: names from A to Z, all else from the newest or largest. */
                order?: ("asc" | "desc") | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_EvaluationOut_"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    create_evaluation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "multipart/form-data": components["schemas"]["Body_create_evaluation"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EvaluationOut"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            413: components["responses"]["Error413"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
            507: components["responses"]["Error507"];
        };
    };
    get_tenant_evaluation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                evaluation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EvaluationOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    delete_evaluation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                evaluation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    list_results: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description The `next_cursor` or the `last_id` of the page before. */
                after?: string | null;
                /** @description By time: newest first or oldest first. */
                order?: "asc" | "desc";
            };
            header?: never;
            path: {
                evaluation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_ResultOut_"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    report_evaluation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                evaluation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            409: components["responses"]["Error409"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    compare_evaluations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                evaluation_id: string;
                other_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComparisonOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    list_datasets: {
        parameters: {
            query?: {
                /** @description Only with all these words, or parts of words, in the name; case and accents do not count. */
                q?: string | null;
                /** @description By time, or by the name. */
                sort?: "created_at" | "name";
                /** @description How many at most. */
                limit?: number;
                /** @description The `next_cursor` or the `last_id` of the page before. */
                after?: string | null;
                /** @description Of what `sort` names. Left out: names from A to Z, all else from the newest or largest. */
                order?: ("asc" | "desc") | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_DatasetOut_"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    upload_dataset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["Body_upload_dataset"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetOut"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            413: components["responses"]["Error413"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
            507: components["responses"]["Error507"];
        };
    };
    validate_dataset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["Body_validate_dataset"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportOut"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            413: components["responses"]["Error413"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
            507: components["responses"]["Error507"];
        };
    };
    make_dataset_of_documents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FromDocumentsIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetOut"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            413: components["responses"]["Error413"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
            507: components["responses"]["Error507"];
        };
    };
    make_dataset_of_feedback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FromFeedbackIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetOut"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            413: components["responses"]["Error413"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
            507: components["responses"]["Error507"];
        };
    };
    get_dataset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dataset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    delete_dataset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dataset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    export_dataset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dataset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/jsonl": Blob;
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    list_trainings: {
        parameters: {
            query?: {
                /** @description Only with all these words, or parts of words, in the name; case and accents do not count. */
                q?: string | null;
                /** @description By time, or by the name. */
                sort?: "created_at" | "name";
                /** @description How many at most. */
                limit?: number;
                /** @description The `next_cursor` or the `last_id` of the page before. */
                after?: string | null;
                /** @description Of what `sort` names. Left out: names from A to Z, all else from the newest or largest. */
                order?: ("asc" | "desc") | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_TrainingOut_"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    create_training: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrainingIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrainingOut"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            413: components["responses"]["Error413"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
            507: components["responses"]["Error507"];
        };
    };
    estimate_training: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrainingIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EstimateOut"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            413: components["responses"]["Error413"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    get_training: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrainingOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    delete_training: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            409: components["responses"]["Error409"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    get_training_metrics: {
        parameters: {
            query?: {
                /** @description Only what came behind this step. */
                after_step?: number;
            };
            header?: never;
            path: {
                training_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CurveOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    report_training: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    get_training_log: {
        parameters: {
            query?: {
                /** @description Only what came behind this event. */
                after?: number;
            };
            header?: never;
            path: {
                training_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventsOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    follow_training: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": {
                        /** @constant */
                        event: "log";
                        id?: string;
                        data: string;
                    } | {
                        /** @constant */
                        event: "point";
                        id?: string;
                        data: string;
                    } | {
                        /** @constant */
                        event: "progress";
                        id?: string;
                        data: string;
                    } | {
                        /** @constant */
                        event: "done";
                        id?: string;
                        data: string;
                    } | {
                        /** @constant */
                        event: "error";
                        id?: string;
                        data: string;
                    } | {
                        /** @constant */
                        event: "server_shutdown";
                        id?: string;
                        data: string;
                    };
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    cancel_training: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrainingOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            409: components["responses"]["Error409"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    resume_training: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrainingOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            409: components["responses"]["Error409"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
            507: components["responses"]["Error507"];
        };
    };
    list_models: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelListOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    get_model: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            409: components["responses"]["Error409"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    complete_chat: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChatCompletionIn"];
            };
        };
        responses: {
            /** @description The completion, as JSON or as events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatCompletionOut"];
                    "text/event-stream": {
                        data: string;
                    };
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            409: components["responses"]["Error409"];
            413: components["responses"]["Error413"];
            422: components["responses"]["Error422"];
            429: components["responses"]["Error429"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
            507: components["responses"]["Error507"];
        };
    };
    embed_texts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmbeddingsIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmbeddingListOut"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            413: components["responses"]["Error413"];
            422: components["responses"]["Error422"];
            429: components["responses"]["Error429"];
            503: components["responses"]["Error503"];
        };
    };
    list_tenants: {
        parameters: {
            query?: {
                /** @description Only with all these words, or parts of words, in the name; case and accents do not count. */
                q?: string | null;
                /** @description By time, or by the name. */
                sort?: "created_at" | "name";
                /** @description How many at most. */
                limit?: number;
                /** @description The `next_cursor` or the `last_id` of the page before. */
                after?: string | null;
                /** @description Of what `sort` names. Left out: names from A to Z, all else from the newest or largest. */
                order?: ("asc" | "desc") | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_TenantOut_"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    create_tenant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TenantIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewTenantOut"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            409: components["responses"]["Error409"];
            413: components["responses"]["Error413"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
            507: components["responses"]["Error507"];
        };
    };
    get_tenant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                tenant_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    delete_tenant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                tenant_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            409: components["responses"]["Error409"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    update_tenant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                tenant_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TenantPatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantOut"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            409: components["responses"]["Error409"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    list_keys: {
        parameters: {
            query?: {
                /** @description Only with all these words, or parts of words, in the name; case and accents do not count. */
                q?: string | null;
                /** @description By time, or by the name. */
                sort?: "created_at" | "name";
                /** @description How many at most. */
                limit?: number;
                /** @description The `next_cursor` or the `last_id` of the page before. */
                after?: string | null;
                /** @description Of what `sort` names. Left out: names from A to Z, all else from the newest or largest. */
                order?: ("asc" | "desc") | null;
                /** @description Only of this tenant. */
                tenant_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_KeyOut_"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    create_key: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewKeyOut"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            413: components["responses"]["Error413"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
            507: components["responses"]["Error507"];
        };
    };
    revoke_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyOut"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            404: components["responses"]["Error404"];
            422: components["responses"]["Error422"];
            503: components["responses"]["Error503"];
        };
    };
    healthz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    readyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            503: components["responses"]["Error503"];
        };
    };
    metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
}
