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
         * @description Renames a document, moves it to another collection, replaces the metadata that filters use or the groups that
         *     see it. Nothing is embedded.
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
    "/api/v1/documents/{document_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List versions
         * @description What was uploaded under the document's name, as far as the collection keeps it; the newest version first.
         */
        get: operations["list_versions"];
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
         * @description Collections from A to Z: those with documents and those with settings.
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
         * @description Answers from your documents and cites the passage each sentence rests on, or says that they do not hold the answer. Greetings, questions about your documents (which, how many, when uploaded), requests about the answer before (shorter, as a list, in Portuguese) and for whole documents (summarise, outline, compare) have a `route` of their own. With `stream: true` the answer comes as server-sent events: `retrieval`, which names the answer, then `progress` while whole documents are read, `token`..., with a `citation` as each sentence closes, then `done` with the whole object, or `error`. After a lost connection, `GET /api/v1/chat/{turn_id}/events` goes on; `POST /api/v1/chat/{turn_id}/stop` ends the answer.
         */
        post: operations["chat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/{turn_id}/regenerate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer a question again
         * @description Another answer to the question of a turn, beside the first one: the conversation goes on from it.
         *
         *     Both stay: `versions` of the turn names them.
         */
        post: operations["regenerate_answer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/{turn_id}/edit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask a question in other words
         * @description Another message in the place of a turn's, in a branch of its own: the conversation goes on from it.
         *
         *     The first message stays, with all that came after it: `PATCH /api/v1/conversations/{conversation_id}` goes back.
         */
        post: operations["edit_question"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/{turn_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Go on reading a streamed answer
         * @description The events of an answer that you lost the connection to, or read from another page.
         *
         *     An answer goes on for some seconds without a reader; its events can be read until five minutes after its end. Later
         *     the answer comes whole: as `done` alone, or as `retrieval`, `token`, `done` from the first event on.
         */
        get: operations["resume_answer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/{turn_id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a streamed answer
         * @description Ends the answer where it is. What was shown of it is kept as a turn with the status `stopped` and returned.
         *
         *     An answer that has ended already is returned as it is.
         */
        post: operations["stop_answer"];
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
    "/api/v1/answering/questions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get opening questions
         * @description What to propose where nothing is asked yet; tokens of end users may read it.
         */
        get: operations["get_opening_questions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/{turn_id}/follow-ups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Suggest what to ask next
         * @description At most three questions about other sections of the cited documents, in the question's language.
         *
         *     Each was searched for, and its section found first. None for a refusal, and where documents have no headings.
         */
        get: operations["list_follow_ups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
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
         * @description Conversations of your tenant, or of your token's user: pinned ones first, then the one spoken in last.
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
    "/api/v1/conversations/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete many conversations
         * @description With all their turns and feedback. A token deletes its user's own; a key needs the scope `write`.
         */
        post: operations["delete_conversations"];
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
         * @description With all its turns and their feedback. A token deletes its user's own; a key needs the scope `write`.
         */
        delete: operations["delete_conversation"];
        options?: never;
        head?: never;
        /**
         * Change a conversation
         * @description Rename it, pin it, put it away, or go on with another branch. A key needs the scope `write`.
         */
        patch: operations["update_conversation"];
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
         * @description Questions and answers of a conversation, oldest first. A turn's `versions` begin the branches beside it.
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
    "/api/v1/conversations/{conversation_id}/turns/{turn_id}": {
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
         * Delete a turn
         * @description One question with its answer and feedback; what came after it stays. A key needs the scope `write`.
         *
         *     If it was the last one of the branch that goes on, its newest other version goes on, or the turn before it.
         */
        delete: operations["delete_turn"];
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
         * @description What users of your tenant said of answers, newest first. A key needs the scope `write`.
         */
        get: operations["list_feedback"];
        put?: never;
        /**
         * Rate an answer
         * @description Thumbs up or down, with the answer it should have been if you know it.
         *
         *     There is one for each answer and user: another one for the same answer takes its place.
         */
        post: operations["add_feedback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/feedback/{feedback_id}": {
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
         * Take feedback back
         * @description A token takes back its user's own; a key needs the scope `write`.
         */
        delete: operations["delete_feedback"];
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
    "/api/v1/adapters/{name}/spectrum": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the singular values
         * @description Of the updates of one version, by layer, and what each lower rank would keep of them.
         */
        get: operations["get_spectrum"];
        put?: never;
        post?: never;
        delete?: never;
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
    "/api/v1/deployment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get what answers
         * @description The active adapter, the canary, and how both do: answers, refusals, ratings and seconds by version.
         */
        get: operations["get_deployment"];
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
    "/api/v1/adapters/{name}/evaluations/{evaluation_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow an evaluation
         * @description Server-sent events: `progress` with the evaluation whenever it changes, then `done`.
         */
        get: operations["follow_evaluation"];
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
    "/api/v1/evaluations/{evaluation_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow an evaluation of answers
         * @description Server-sent events: `progress` with the evaluation whenever it changes, then `done`.
         */
        get: operations["follow_tenant_evaluation"];
        put?: never;
        post?: never;
        delete?: never;
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
    "/api/v1/training/jobs/{training_id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a training
         * @description Stops as `cancel` does, and frees the place for the next training; `resume` goes on from its checkpoint.
         */
        post: operations["pause_training"];
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
         * @description Queue one that failed, was cancelled or is paused again: it goes on from its newest checkpoint.
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
         * @description Answers the last message of the user in OpenAI's form; the messages before it are the conversation, of which nothing is stored. The model `loracle` or an adapter answers from your documents: the message's `annotations` cite them, `loracle` says the rest, such as whether it is a refusal; system messages are not read. The model `loracle-base` answers without documents. With `stream: true` the answer comes as chunks, the annotations in one of the last, then `[DONE]`. Tools, images, audio, `n` above 1 and a `response_format` other than text are refused; other fields of OpenAI's are ignored.
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
    "/retrieval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Search as external knowledge of Dify
         * @description Give Dify the address of this service as the endpoint of an external knowledge API, a key as its API key, and a collection, or `*`, as the external knowledge id.
         */
        post: operations["retrieve_for_dify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List files
         * @description Files that were uploaded here, by time. Documents that were uploaded otherwise are in their vector stores.
         */
        get: operations["list_files"];
        put?: never;
        /**
         * Upload a file
         * @description Keeps a file. It is searched once a vector store has it; of rows to train on, a dataset is made at once.
         *
         *     A token uploads no rows to train on, and sees the files of its user alone.
         */
        post: operations["create_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/files/{file_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a file
         * @description A file. A document is one too, by its own id.
         */
        get: operations["get_file_object"];
        put?: never;
        post?: never;
        /**
         * Delete a file
         * @description Deletes it and, at once, what vector stores have of it; or the dataset that was made of it.
         */
        delete: operations["delete_file"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/files/{file_id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a file
         * @description The bytes as they were uploaded.
         */
        get: operations["get_file_content"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/vector_stores": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List vector stores
         * @description Every collection is a store. Those that were made here come by time, the others after them.
         */
        get: operations["list_vector_stores"];
        put?: never;
        /**
         * Create a vector store
         * @description Makes a collection of the store's name, and puts files into it if any are named.
         *
         *     If there is a collection of that name already, the new one has a number behind it: `collection` says its name.
         *     If a file cannot be put into it, because it is unknown or above a quota, no store is made.
         */
        post: operations["create_vector_store"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/vector_stores/{vector_store_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a vector store
         * @description A store, with the states of its files.
         */
        get: operations["get_vector_store"];
        put?: never;
        /**
         * Change a vector store
         * @description Name, description and metadata of the store. The name of its collection stays.
         */
        post: operations["update_vector_store"];
        /**
         * Delete a vector store
         * @description Deletes the collection with all its documents, wherever they were uploaded. Files of `/v1/files` stay.
         */
        delete: operations["delete_vector_store"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/vector_stores/{vector_store_id}/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Search a vector store
         * @description The best passages for a query, or for any of several; each with its place in its document.
         */
        post: operations["search_vector_store"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/vector_stores/{vector_store_id}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List files of a vector store
         * @description Files by the time of their upload; documents that were uploaded otherwise come after them, by their ids.
         */
        get: operations["list_vector_store_files"];
        put?: never;
        /**
         * Put a file into a vector store
         * @description Reads and indexes the file in the background: follow `status`.
         *
         *     A file of a name that the store has already becomes the new version of it and takes its place.
         */
        post: operations["create_vector_store_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/vector_stores/{vector_store_id}/files/{file_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a file of a vector store
         * @description A file of a store, with its state.
         */
        get: operations["get_vector_store_file"];
        put?: never;
        /**
         * Change a file of a vector store
         * @description Replaces the attributes, which filters use.
         */
        post: operations["update_vector_store_file"];
        /**
         * Take a file out of a vector store
         * @description Removes it from answers at once. The file itself stays.
         */
        delete: operations["delete_vector_store_file"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/vector_stores/{vector_store_id}/files/{file_id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the text of a file of a vector store
         * @description The extracted text, to which offsets of passages and citations refer.
         */
        get: operations["get_vector_store_file_content"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/vector_stores/{vector_store_id}/file_batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put files into a vector store
         * @description All of the files, or none if one of them is unknown.
         */
        post: operations["create_vector_store_batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/vector_stores/{vector_store_id}/file_batches/{batch_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a batch of a vector store
         * @description The states of its files.
         */
        get: operations["get_vector_store_batch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/vector_stores/{vector_store_id}/file_batches/{batch_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a batch of a vector store
         * @description Files that are ready stay.
         */
        post: operations["cancel_vector_store_batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/vector_stores/{vector_store_id}/file_batches/{batch_id}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List files of a batch
         * @description Files of one batch.
         */
        get: operations["list_vector_store_batch_files"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/responses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a response
         * @description Answers from your documents, as a chat completion does, and saves the answer as a turn: the next request may name it as `previous_response_id`, or its `conversation`. The tool `file_search` narrows the search to its `vector_store_ids`; with it the output has the search as an item, with the passages if `include` has `file_search_call.results`. Annotations are those of chat completions. With `stream: true` the response comes as events in OpenAI's order. The model `loracle-base` answers without documents and saves nothing. Other tools, images, files in messages, prompts, background answers and formats other than text are refused.
         */
        post: operations["create_response"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/responses/{response_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a response
         * @description A response that was saved.
         */
        get: operations["get_response"];
        put?: never;
        post?: never;
        /**
         * Delete a response
         * @description Deletes the response with its turn. A token deletes its user's; a key needs the scope `write`.
         */
        delete: operations["delete_response"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/responses/{response_id}/input_items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List input items of a response
         * @description The messages of its request, the last one first unless `order` says otherwise.
         */
        get: operations["list_response_input_items"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/responses/{response_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a response
         * @description 409: a response that can be found is whole. Close the connection to cancel one that is being made.
         */
        post: operations["cancel_response"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a conversation
         * @description One without turns; responses go on with it by its id, as `POST /api/v1/chat` does.
         */
        post: operations["create_conversation_object"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a conversation
         * @description One conversation, without its items.
         */
        get: operations["get_conversation_object"];
        put?: never;
        /**
         * Change a conversation
         * @description Replaces the metadata. A token changes its user's own; a key needs the scope `write`.
         */
        post: operations["update_conversation_object"];
        /**
         * Delete a conversation
         * @description With all its turns. A token deletes its user's own; a key needs the scope `write`.
         */
        delete: operations["delete_conversation_object"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversation_id}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List items of a conversation
         * @description Questions and answers, newest first unless `order` says otherwise.
         */
        get: operations["list_conversation_items"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversation_id}/items/{item_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an item of a conversation
         * @description One question or answer.
         */
        get: operations["get_conversation_item"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/fine_tuning/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List fine-tuning jobs
         * @description All trainings of the tenant, newest first; `metadata[key]=value` looks at the newest 1,000.
         */
        get: operations["list_fine_tuning_jobs"];
        put?: never;
        /**
         * Fine-tune a model
         * @description Queues a training of an adapter: `POST /api/v1/training/jobs` in OpenAI's form.
         *
         *     The adapter is evaluated on rows that were kept out, and answers for everybody once it has passed and is activated;
         *     `fine_tuned_model` names it at once.
         */
        post: operations["create_fine_tuning_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/fine_tuning/jobs/{job_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a fine-tuning job
         * @description Status, and in the end the model or the error.
         */
        get: operations["get_fine_tuning_job"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/fine_tuning/jobs/{job_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the events of a fine-tuning job
         * @description What happened, newest first.
         */
        get: operations["list_fine_tuning_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/fine_tuning/jobs/{job_id}/checkpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the checkpoints of a fine-tuning job
         * @description The adapter that it made, once it has succeeded: checkpoints before it are for going on, not for answering.
         */
        get: operations["list_fine_tuning_checkpoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/fine_tuning/jobs/{job_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a fine-tuning job
         * @description A queued or paused one ends at once, a running one after its step.
         */
        post: operations["cancel_fine_tuning_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/fine_tuning/jobs/{job_id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a fine-tuning job
         * @description A queued one is paused at once, a running one after its step.
         */
        post: operations["pause_fine_tuning_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/fine_tuning/jobs/{job_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a fine-tuning job
         * @description Queues a paused one again: it goes on from its newest checkpoint. So do those that failed or were cancelled.
         */
        post: operations["resume_fine_tuning_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhooks
         * @description Without their secrets, newest first.
         */
        get: operations["list_webhooks"];
        put?: never;
        /**
         * Create a webhook
         * @description Events are sent to the URL as JSON, signed by the secret in the answer, by the Standard Webhooks specification.
         *
         *     A receiver answers 2xx; anything else is tried again with growing pauses, eight times in all. 403 if the operator
         *     has turned webhooks off.
         */
        post: operations["create_webhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{webhook_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a webhook
         * @description One webhook, without its secret.
         */
        get: operations["get_webhook"];
        put?: never;
        post?: never;
        /**
         * Delete a webhook
         * @description With its deliveries; what waits is not sent.
         */
        delete: operations["delete_webhook"];
        options?: never;
        head?: never;
        /**
         * Change a webhook
         * @description Another URL or other events, from the next event on. The secret stays.
         */
        patch: operations["update_webhook"];
        trace?: never;
    };
    "/api/v1/webhooks/{webhook_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test event
         * @description Queues the event `webhook.test`, also if the webhook is disabled.
         */
        post: operations["test_webhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{webhook_id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List deliveries
         * @description What was sent and what became of it, newest first. Deliveries are kept for 30 days.
         */
        get: operations["list_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deliver again
         * @description Sends a delivery that has ended once more, with the same id. 409 while it is pending.
         */
        post: operations["retry_delivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the audit log
         * @description Who did what, when and from where, newest first: what concerns the tenant of the key. An operator's key, with
         *     the scope `admin`, reads all of it.
         */
        get: operations["list_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the audit log
         * @description The same entries without a limit, as JSON Lines or CSV.
         */
        get: operations["export_audit"];
        put?: never;
        post?: never;
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
    "/api/v1/keys/{key_id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace a key
         * @description By a new one with its label and scopes. The old key works for a while yet, so that clients can change over; then
         *     it ends, and the tokens that it made with it. The new key is in the answer and nowhere else.
         */
        post: operations["rotate_key"];
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
    "/api/v1/me/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List my keys
         * @description Keys of the tenant without their secrets, newest first. The scope `keys` is needed here and below.
         */
        get: operations["list_my_keys"];
        put?: never;
        /**
         * Create a key of mine
         * @description With no more scopes than the key that asks. The new key is in the answer and nowhere else.
         */
        post: operations["create_my_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/keys/{key_id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace a key of mine
         * @description By a new one with its label and scopes; a key may replace itself. The old key works for a while yet, so that
         *     clients can change over; then it ends, and the tokens that it made with it. The new key is in the answer and nowhere
         *     else.
         */
        post: operations["rotate_my_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/keys/{key_id}": {
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
         * Revoke a key of mine
         * @description It fails from the next request on, and the tokens that it made with it.
         */
        delete: operations["revoke_my_key"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{tenant_id}/adapters/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the files of an adapter version
         * @description A ZIP of PEFT's two files, for a server that generates (the plugin loracle-vllm).
         */
        get: operations["get_adapter_files"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List tokens
         * @description Tokens of your tenant without their secrets, newest first, until a day after their end.
         */
        get: operations["list_tokens"];
        put?: never;
        /**
         * Create a token
         * @description For an end user, to be used where your key must not be seen, as in a browser. It is in the answer and nowhere
         *     else.
         */
        post: operations["create_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{token_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a token
         * @description How many requests it has made, among others.
         */
        get: operations["get_token"];
        put?: never;
        post?: never;
        /**
         * Revoke a token
         * @description It fails from the next request on.
         */
        delete: operations["revoke_token"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How to sign in
         * @description Needs no key. A page shows a button for it.
         */
        get: operations["get_sign_in"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/oidc/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Finish a sign-in
         * @description Needs no key, but the cookie that the sign-in left in the browser, once and within a minute. The token is in the
         *     answer and nowhere else.
         */
        post: operations["create_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out
         * @description Ends the token that you send. A key is not signed out.
         */
        post: operations["sign_out"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who am I?
         * @description Tenant, scopes, limits and quotas of the key or token that you send, what was used, and what answers can be.
         */
        get: operations["get_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get usage
         * @description Requests, tokens and uploads of each day. A token sees the usage of its user alone.
         */
        get: operations["get_usage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{tenant_id}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the usage of a tenant
         * @description Requests, tokens and uploads of each day.
         */
        get: operations["get_tenant_usage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{tenant_id}/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the limits of a tenant
         * @description What was set for the tenant, what holds with the service's defaults, and how much of its quotas it uses.
         */
        get: operations["get_tenant_limits"];
        /**
         * Set the limits of a tenant
         * @description Replaces them: what is left out is the service's default again. They hold from the next request on.
         */
        put: operations["set_tenant_limits"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List jobs
         * @description Background jobs of all tenants, newest first.
         */
        get: operations["list_jobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a job
         * @description A queued one ends at once, a running one as soon as it can.
         */
        post: operations["cancel_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retry a job
         * @description Queues one that failed or was cancelled once more. A training goes on from its checkpoint, in a new job.
         */
        post: operations["retry_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the queue
         * @description How many jobs wait, run and failed, and whether further ones start.
         */
        get: operations["get_queue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queue/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause the queue
         * @description No further job starts, of any tenant; running ones go on. What is uploaded waits.
         */
        post: operations["pause_queue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queue/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume the queue
         * @description Jobs start again.
         */
        post: operations["resume_queue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/processes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List processes
         * @description Every `serve`, `worker` and `trainer` of the service; one that was killed is listed for an hour as `lost`.
         */
        get: operations["list_processes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/diagnosis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Diagnose the service
         * @description The checks of `loracle doctor` in the process that answers: machine, models, database, adapters and sign-in.
         *
         *     Leaves everything as it is (a bucket gets a file that is deleted again). Reads the files of the models in whole to
         *     compare their checksums, which takes seconds.
         */
        get: operations["get_diagnosis"];
        put?: never;
        post?: never;
        delete?: never;
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
         *
         *     All but the last are checked every few seconds, whoever asks; `age_s` says when they were.
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
         * @description Requests, answers, jobs and the generator's own figures. Needs a key only if the operator has set one for it.
         *
         *     404 if the operator has given them a port of their own.
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
        /**
         * ActorKind
         * @enum {string}
         */
        ActorKind: "key" | "token" | "sign_in" | "operator" | "service" | "nobody";
        /** ActorOut */
        ActorOut: {
            kind: components["schemas"]["ActorKind"];
            /**
             * Tenant Id
             * @description Of the key or token; empty if there is none.
             */
            tenant_id: string;
            /**
             * Key Id
             * @description The key, or the one that made the token.
             */
            key_id: string;
            /** Token Id */
            token_id: string;
            /**
             * User
             * @description End user of a token, person who signs in, or the operator's account.
             */
            user: string;
            /**
             * Address
             * @description Of the client.
             */
            address: string;
            /** Request Id */
            request_id: string;
        };
        /** AdapterAnswersOut */
        AdapterAnswersOut: {
            /**
             * Adapter
             * @description name@version; null: the plain base model.
             */
            adapter: string | null;
            /** Answers */
            answers: number;
            /**
             * Refused
             * @description Of the answers.
             */
            refused: number;
            /**
             * Seconds
             * @description Mean time of a whole answer.
             */
            seconds: number | null;
            /**
             * Up
             * @description Ratings of its answers.
             */
            up: number;
            /** Down */
            down: number;
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
            /**
             * Base Fingerprint
             * @description Of the base model, and of the engine and quantisation that answered the cases; empty: not begun.
             */
            base_fingerprint: string;
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
            /**
             * Questions
             * @description What the page and the widget propose where nothing is asked yet.
             */
            questions?: string[] | null;
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
            /**
             * Questions
             * @description Proposed where nothing is asked yet. Empty: what fits the documents.
             */
            questions: string[];
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
         * AuditAction
         * @enum {string}
         */
        AuditAction: "tenant.created" | "tenant.suspended" | "tenant.resumed" | "tenant.deleted" | "tenant.limits_changed" | "key.created" | "key.rotated" | "key.revoked" | "token.created" | "token.revoked" | "sign_in.accepted" | "sign_in.refused" | "authentication.refused" | "adapter.added" | "adapter.activated" | "adapter.overridden" | "adapter.deactivated" | "adapter.rolled_back" | "adapter.canary_started" | "adapter.canary_ended" | "adapter.deleted" | "adapter.exported" | "document.added" | "document.changed" | "document.link_created" | "document.deleted" | "document.access_changed" | "collection.changed" | "collection.deleted" | "chat_settings.changed" | "conversation.deleted" | "feedback.deleted" | "dataset.added" | "dataset.deleted" | "training.started" | "training.changed" | "training.deleted" | "evaluation.started" | "evaluation.cancelled" | "evaluation.deleted" | "file.added" | "file.deleted" | "webhook.created" | "webhook.changed" | "webhook.deleted" | "queue.paused" | "queue.resumed" | "job.cancelled" | "job.retried" | "backup.made" | "backup.restored" | "database.copied" | "audit.exported" | "audit.deleted";
        /** AuditEntryOut */
        AuditEntryOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default audit.entry
             * @constant
             */
            object: "audit.entry";
            /** Created At */
            created_at: string;
            /**
             * Tenant Id
             * @description Whom it concerns; null: the whole service.
             */
            tenant_id: string | null;
            /**
             * Action
             * @description What was done.
             * @example key.revoked
             */
            action: string;
            outcome: components["schemas"]["AuditOutcome"];
            /**
             * Count
             * @description How often; refused sign-ins of one minute and address are one entry.
             */
            count: number;
            /**
             * Target Kind
             * @example key
             */
            target_kind: string;
            /** Target Id */
            target_id: string;
            actor: components["schemas"]["ActorOut"];
            /** Details */
            details: {
                [key: string]: unknown;
            };
        };
        /**
         * AuditOutcome
         * @enum {string}
         */
        AuditOutcome: "done" | "refused";
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
             * @description A name to group documents by. It needs no creation. Empty: `default`.
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
        /** ChangedVerdictOut */
        ChangedVerdictOut: {
            /**
             * Part
             * @description `layer/set`.
             */
            part: string;
            /** Case Id */
            case_id: string;
            /** Question */
            question: string;
            /**
             * Kind
             * @description Of an everyday question.
             */
            kind: string | null;
            /**
             * Better
             * @description Right in the second evaluation and wrong in the first; false: the other way.
             */
            better: boolean;
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
             * @description For keys: whose usage it is, a name or an object with `id`. A token asks for its own.
             */
            user?: string | components["schemas"]["EndUserIn"] | null;
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
             * Documents
             * @description Look only in these, and in the `collections`; all if both are left out.
             * @default []
             */
            documents?: string[];
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
            /**
             * Page Start
             * @description Of the quote, from 1; of its passage where that is not known closer.
             */
            page_start: number | null;
            /** Page End */
            page_end: number | null;
            /**
             * Page Label
             * @description What the file calls the first page ("iv", "A-3"), if that is not its number.
             */
            page_label: string | null;
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
            /**
             * Changes
             * @description Questions that one answered rightly and the other did not; those that became worse come first.
             */
            changes: components["schemas"]["ChangedVerdictOut"][];
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
             * Last Question
             * @description The question of that turn; null without turns.
             */
            last_question: string | null;
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
        /** DeploymentOut */
        DeploymentOut: {
            /**
             * Object
             * @default deployment
             * @constant
             */
            object: "deployment";
            /** @description Null: the plain base model answers. */
            active: components["schemas"]["AdapterOut"] | null;
            /** @description The version that answers a share of the conversations. */
            canary: components["schemas"]["CanaryOut"] | null;
            /**
             * Since
             * @description From when on answers are counted: the begin of the canary, else the last change, within 30 days.
             */
            since: string;
            /**
             * Answers
             * @description By version, the most answers first.
             */
            answers: components["schemas"]["AdapterAnswersOut"][];
        };
        /** DiagnosisOut */
        DiagnosisOut: {
            /**
             * Object
             * @default diagnosis
             * @constant
             */
            object: "diagnosis";
            /**
             * Ok
             * @description Every finding is.
             */
            ok: boolean;
            /** Data */
            data: components["schemas"]["FindingOut"][];
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
        /** DocumentVersionOut */
        DocumentVersionOut: {
            /**
             * Object
             * @default document_version
             * @constant
             */
            object: "document_version";
            /**
             * Version
             * @description 1, 2, ... within the document.
             */
            version: number;
            status: components["schemas"]["DocumentStatus"];
            /** @description Why it failed or was cancelled. */
            error: components["schemas"]["FailureOut"] | null;
            /**
             * Warnings
             * @description What is missing, or hidden in the file.
             */
            warnings: components["schemas"]["WarningOut"][];
            /** Media Type */
            media_type: string;
            /** Bytes */
            bytes: number;
            /** Sha256 */
            sha256: string;
            /** Pages */
            pages: number | null;
            /** Chunks */
            chunks: number | null;
            /**
             * Readable
             * @description Its text is kept: `version` of pages and content may name it.
             */
            readable: boolean;
            /** Created At */
            created_at: string;
            /** Ready At */
            ready_at: string | null;
        };
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
             * Documents
             * @description Look only in these, and in the `collections`; all if both are left out.
             * @default []
             */
            documents?: string[];
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
        /**
         * EndUserIn
         * @description How Open WebUI names the end user; what has no `id` names nobody.
         */
        EndUserIn: {
            /** Id */
            id?: string | null;
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
            /**
             * Page Start
             * @description Of the quote, from 1; of its passage where that is not known closer.
             */
            page_start: number | null;
            /** Page End */
            page_end: number | null;
            /**
             * Page Label
             * @description What the file calls the first page ("iv", "A-3"), if that is not its number.
             */
            page_label: string | null;
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
        /** FindingOut */
        FindingOut: {
            /**
             * Name
             * @description What was checked.
             * @example disk
             */
            name: string;
            /** Ok */
            ok: boolean;
            /**
             * Warning
             * @description The service works, and somebody should see to it.
             */
            warning: boolean;
            /**
             * Text
             * @description What was found; what to do if it is not `ok`, or a `warning`.
             * @example 41.2 GiB free (1 GiB wanted)
             */
            text: string;
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
        /** FollowUpOut */
        FollowUpOut: {
            /** Question */
            question: string;
            /** Document Id */
            document_id: string;
            /** Filename */
            filename: string;
            /** Heading */
            heading: string;
        };
        /** FollowUpsOut */
        FollowUpsOut: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["FollowUpOut"][];
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
        /** JobFailureOut */
        JobFailureOut: {
            /** Code */
            code: string;
            /** Message */
            message: string;
        };
        /**
         * JobKind
         * @enum {string}
         */
        JobKind: "ingest" | "reindex" | "reembed" | "evaluate" | "evaluate_adapter" | "train" | "deliver";
        /** JobOut */
        JobOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default job
             * @constant
             */
            object: "job";
            /** Tenant Id */
            tenant_id: string;
            kind: components["schemas"]["JobKind"];
            /**
             * Subject
             * @description Id of the document, evaluation, training or delivery that it is for.
             */
            subject: string | null;
            status: components["schemas"]["JobStatus"];
            /** Attempts */
            attempts: number;
            /** Cancel Requested */
            cancel_requested: boolean;
            /** @description Of its last attempt. */
            error: components["schemas"]["JobFailureOut"] | null;
            /** Created At */
            created_at: string;
            /** Updated At */
            updated_at: string;
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
            /**
             * Expires At
             * @description A key that was replaced fails from then on; null: it has no end.
             */
            expires_at: string | null;
            /**
             * Last Used At
             * @description By itself, to the minute, at the latest a minute later; null: not yet, or before this was noted.
             */
            last_used_at: string | null;
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
        /** LayerSpectrumOut */
        LayerSpectrumOut: {
            /** Layer */
            layer: string;
            /**
             * Singular Values
             * @description Of its update, descending.
             */
            singular_values: number[];
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
        /** Listing[AuditEntryOut] */
        Listing_AuditEntryOut_: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["AuditEntryOut"][];
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
        /** Listing[DocumentVersionOut] */
        Listing_DocumentVersionOut_: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["DocumentVersionOut"][];
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
        /** Listing[JobOut] */
        Listing_JobOut_: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["JobOut"][];
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
             * @description What is left of this minute, or of the day; null: no limit.
             */
            limits: {
                [key: string]: components["schemas"]["RateStateOut"] | null;
            };
            /**
             * Quotas
             * @description What your tenant has; null if you use a token.
             */
            quotas: {
                [key: string]: components["schemas"]["QuotaStateOut"];
            } | null;
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
            /**
             * Lacks
             * @description What the server that generates cannot do, of `adapters`, `activated_adapters`, `token_ids`, `scores` and `cache_salt`: it is refused, or done without. Empty for the service's own engine.
             */
            lacks: string[];
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
             * Expires At
             * @description A key that was replaced fails from then on; null: it has no end.
             */
            expires_at: string | null;
            /**
             * Last Used At
             * @description By itself, to the minute, at the latest a minute later; null: not yet, or before this was noted.
             */
            last_used_at: string | null;
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
             * @description The tenant's first key, with the scopes read, write and keys. It is not shown again.
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
        /** OpenIdConnectOut */
        OpenIdConnectOut: {
            /**
             * Name
             * @description Of what people sign in with, to be shown.
             */
            name: string;
            /**
             * Start
             * @description Where a browser goes to sign in, beside the page.
             * @default auth/oidc/start
             * @constant
             */
            start: "auth/oidc/start";
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
        /**
         * OwnKeyIn
         * @example {
         *       "label": "front end",
         *       "scopes": [
         *         "read"
         *       ]
         *     }
         */
        OwnKeyIn: {
            /**
             * Label
             * @default
             */
            label?: string;
            /**
             * Scopes
             * @description Some of those of the key that asks.
             * @default [
             *       "read",
             *       "write"
             *     ]
             */
            scopes?: components["schemas"]["Scope"][];
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
         * ProcessKind
         * @enum {string}
         */
        ProcessKind: "serve" | "worker" | "trainer";
        /** ProcessOut */
        ProcessOut: {
            /** Id */
            id: string;
            /**
             * Object
             * @default process
             * @constant
             */
            object: "process";
            kind: components["schemas"]["ProcessKind"];
            /**
             * Node
             * @description The machine that it runs on.
             */
            node: string;
            /**
             * Pid
             * @description Its number on that machine.
             */
            pid: number;
            /**
             * Version
             * @description Of Loracle.
             */
            version: string;
            /** @description `lost`: it gave no sign of life for 30 seconds. */
            status: components["schemas"]["ProcessStatus"];
            /** Started At */
            started_at: string;
            /** Seen At */
            seen_at: string;
        };
        /**
         * ProcessStatus
         * @enum {string}
         */
        ProcessStatus: "running" | "draining" | "lost";
        /** ProcessesOut */
        ProcessesOut: {
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            /** Data */
            data: components["schemas"]["ProcessOut"][];
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
        /** QuestionsOut */
        QuestionsOut: {
            /**
             * Object
             * @default opening_questions
             * @constant
             */
            object: "opening_questions";
            /** Questions */
            questions: string[];
        };
        /** QueueOut */
        QueueOut: {
            /**
             * Object
             * @default queue
             * @constant
             */
            object: "queue";
            /**
             * Paused
             * @description No further job starts, of any tenant.
             */
            paused: boolean;
            /**
             * Counts
             * @description Jobs of each status that there are.
             */
            counts: {
                [key: string]: number;
            };
        };
        /**
         * Quota
         * @description What a tenant has at most.
         * @enum {string}
         */
        Quota: "stored_bytes" | "documents" | "chunks" | "adapters" | "datasets" | "queued_documents" | "queued_trainings" | "queued_evaluations";
        /** QuotaStateOut */
        QuotaStateOut: {
            /**
             * Limit
             * @description Null: no limit.
             */
            limit: number | null;
            /** Used */
            used: number;
        };
        /** QuotasIn */
        QuotasIn: {
            /**
             * Stored Bytes
             * @description Of uploaded files, rows to train on and adapters. Null: the service's default.
             */
            stored_bytes?: number | null;
            /**
             * Documents
             * @description Of all collections.
             */
            documents?: number | null;
            /**
             * Chunks
             * @description Of documents, that searches look through.
             */
            chunks?: number | null;
            /**
             * Adapters
             * @description Adapter versions, without the built-in ones.
             */
            adapters?: number | null;
            /**
             * Datasets
             * @description Dataset versions.
             */
            datasets?: number | null;
            /**
             * Queued Documents
             * @description New documents that wait or are being read.
             */
            queued_documents?: number | null;
            /**
             * Queued Trainings
             * @description Trainings that wait or run.
             */
            queued_trainings?: number | null;
            /**
             * Queued Evaluations
             * @description Evaluations that wait or run, of questions and of adapters.
             */
            queued_evaluations?: number | null;
        };
        /** QuotasOut */
        QuotasOut: {
            /**
             * Stored Bytes
             * @description Null: no limit.
             */
            stored_bytes: number | null;
            /** Documents */
            documents: number | null;
            /** Chunks */
            chunks: number | null;
            /** Adapters */
            adapters: number | null;
            /** Datasets */
            datasets: number | null;
            /** Queued Documents */
            queued_documents: number | null;
            /** Queued Trainings */
            queued_trainings: number | null;
            /** Queued Evaluations */
            queued_evaluations: number | null;
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
            /**
             * Requests Per Day
             * @description Authenticated requests a day.
             */
            requests_per_day?: number | null;
            /**
             * Tokens Per Day
             * @description Tokens of prompts, answers and embedded texts a day.
             */
            tokens_per_day?: number | null;
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
            /** Requests Per Day */
            requests_per_day: number | null;
            /** Tokens Per Day */
            tokens_per_day: number | null;
        };
        /** RateStateOut */
        RateStateOut: {
            /**
             * Limit
             * @description A minute or a day, of the tighter of the tenant's limit and your own.
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
             * Age S
             * @description Seconds since the checks were made.
             */
            age_s: number;
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
             * Documents
             * @description Look only in these, and in the `collections`; all if both are left out.
             * @default []
             */
            documents?: string[];
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
            /**
             * Problem Count
             * @description Of the lines that were checked.
             */
            problem_count: number;
            /**
             * Stopped At
             * @description The line at which the check stopped after 100 problems: more may follow. Null: it did not.
             */
            stopped_at: number | null;
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
        Resource: "requests" | "tokens" | "uploads" | "requests_per_day" | "tokens_per_day";
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
        /** RotatedKeyOut */
        RotatedKeyOut: {
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
             * Expires At
             * @description A key that was replaced fails from then on; null: it has no end.
             */
            expires_at: string | null;
            /**
             * Last Used At
             * @description By itself, to the minute, at the latest a minute later; null: not yet, or before this was noted.
             */
            last_used_at: string | null;
            /**
             * Key
             * @description The key itself. It is not shown again.
             */
            key: string;
            /** @description The old key, with the moment at which it ends. */
            replaced: components["schemas"]["KeyOut"];
        };
        /**
         * RotationIn
         * @example {
         *       "overlap_s": 3600
         *     }
         */
        RotationIn: {
            /**
             * Overlap S
             * @description How long the old key works yet, in seconds. 0: it ends at once.
             * @default 86400
             */
            overlap_s?: number;
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
        Scope: "read" | "write" | "keys" | "admin";
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
             * Documents
             * @description Look only in these, and in the `collections`; all if both are left out.
             * @default []
             */
            documents?: string[];
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
        /** SessionOut */
        SessionOut: {
            /**
             * Object
             * @default session
             * @constant
             */
            object: "session";
            /**
             * Token
             * @description To be sent as a key is. It is not shown again.
             */
            token: string;
            /** Expires At */
            expires_at: string;
            /**
             * Name
             * @description Of the person, to be shown.
             */
            name: string;
        };
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
            /**
             * Used
             * @description What the tenant has now, of each quota.
             */
            used: {
                [key: string]: number;
            };
        };
        /**
         * ShutdownOut
         * @description The data of a `server_shutdown` event.
         */
        ShutdownOut: {
            /** Message */
            message: string;
        };
        /** SignInOut */
        SignInOut: {
            /**
             * Object
             * @default sign_in
             * @constant
             */
            object: "sign_in";
            /** @description Null: by an API key alone. */
            oidc: components["schemas"]["OpenIdConnectOut"] | null;
        };
        /** SignedOut */
        SignedOut: {
            /**
             * Object
             * @default signed_out
             * @constant
             */
            object: "signed_out";
            /**
             * Logout Url
             * @description Where a browser goes to end the session at the issuer too; null if there is nothing to end.
             */
            logout_url: string | null;
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
        /** SpectrumOut */
        SpectrumOut: {
            /**
             * Object
             * @default adapter.spectrum
             * @constant
             */
            object: "adapter.spectrum";
            /** Rank */
            rank: number;
            /**
             * Energy By Rank
             * @description Share of the squared norm of all updates that rank 1, 2, ... keeps.
             */
            energy_by_rank: number[];
            /** Layers */
            layers: components["schemas"]["LayerSpectrumOut"][];
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
         *       "quotas": {
         *         "documents": 20000,
         *         "stored_bytes": 5000000000
         *       },
         *       "tenant": {
         *         "requests": 600,
         *         "tokens": 200000,
         *         "tokens_per_day": 20000000
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
            /** @description What the tenant has at one time. */
            quotas?: components["schemas"]["QuotasIn"];
        };
        /** TenantLimitsOut */
        TenantLimitsOut: {
            tenant: components["schemas"]["RateLimitsOut"];
            key: components["schemas"]["RateLimitsOut"];
            token: components["schemas"]["RateLimitsOut"];
            quotas: components["schemas"]["QuotasOut"];
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The file is of no supported type, or the body of no expected content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    upload_document: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The file is of no supported type, or the body of no expected content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    delete_documents: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    upload_from_url: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The file is of no supported type, or the body of no expected content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    cancel_document: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    reparse_document: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description Files lie in object storage: `Location` is a URL that works for a few minutes. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The header Range names no bytes of the file. */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The answer did not finish in time. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The answer did not finish in time. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_versions: {
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
                    "application/json": components["schemas"]["Listing_DocumentVersionOut_"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    create_link: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description Files lie in object storage: `Location` is a URL that works for a few minutes. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The header Range names no bytes of the file. */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The answer did not finish in time. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    upload_batch: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
                     * @description Who sees the documents and the batch, as JSON: `{"groups": ["staff"]}`.
                     * @default
                     */
                    access?: string;
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    cancel_batch: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_collections: {
        parameters: {
            query?: {
                /** @description Only with all these words, or parts of words, in the name; case and accents do not count. */
                q?: string | null;
                /** @description How many at most. */
                limit?: number;
                /** @description The `next_cursor` of the page before, or a name. */
                after?: string | null;
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
                    "application/json": components["schemas"]["CollectionsOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    reparse_collection: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    chat: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The answer did not finish in time. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    regenerate_answer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                turn_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegenerateIn"];
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The answer did not finish in time. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    edit_question: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                turn_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditIn"];
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The answer did not finish in time. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    resume_answer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `id` of the last event that you got; 0: from the first. */
                "Last-Event-ID"?: number;
            };
            path: {
                turn_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events after that one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    stop_answer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                turn_id: string;
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
                    "application/json": components["schemas"]["ChatOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_opening_questions: {
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
                    "application/json": components["schemas"]["QuestionsOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_follow_ups: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                turn_id: string;
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
                    "application/json": components["schemas"]["FollowUpsOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    summarise_document: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_conversations: {
        parameters: {
            query?: {
                /** @description Only with all these words, or parts of words, in the title or in a turn; case and accents do not count. */
                q?: string | null;
                /** @description Those that are put away, instead of the others. */
                archived?: boolean;
                /** @description Only pinned ones, or only the others. */
                pinned?: boolean | null;
                /** @description By last turn, first one, or title. */
                sort?: "updated_at" | "created_at" | "title";
                /** @description How many at most. */
                limit?: number;
                /** @description The `next_cursor` or the `last_id` of the page before. */
                after?: string | null;
                /** @description Of what `sort` names. Left out: names from A to Z, all else from the newest or largest. */
                order?: ("asc" | "desc") | null;
                /** @description For keys: only what belongs to this end user. A token sees what belongs to its own alone. */
                user?: string | null;
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    delete_conversations: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConversationIdsIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletedConversationsOut"];
                };
            };
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    update_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConversationChangesIn"];
            };
        };
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_turns: {
        parameters: {
            query?: {
                /** @description Of the branch that goes on, or of all. */
                branches?: "current" | "all";
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    delete_turn: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
                turn_id: string;
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
                /** @description For keys: only what belongs to this end user. A token sees what belongs to its own alone. */
                user?: string | null;
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    add_feedback: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    delete_feedback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                feedback_id: string;
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    upload_adapter: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_spectrum: {
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
                    "application/json": components["schemas"]["SpectrumOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    compress_adapter: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    merge_adapters: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                /** @description a-z, 0-9, '.', '_' and '-'. */
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_deployment: {
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
                    "application/json": components["schemas"]["DeploymentOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    activate_adapter: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    deactivate_adapter: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    roll_back_adapter: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    try_adapter: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    evaluate_adapter: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    follow_evaluation: {
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    cancel_evaluation: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    create_evaluation: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    follow_tenant_evaluation: {
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_results: {
        parameters: {
            query?: {
                /** @description Only questions of this kind. */
                kind?: string | null;
                /** @description Only what failed or was answered wrongly. */
                wrong?: boolean;
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    upload_dataset: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    validate_dataset: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    make_dataset_of_documents: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    make_dataset_of_feedback: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    create_training: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    estimate_training: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    cancel_training: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    pause_training: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    resume_training: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    complete_chat: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The answer did not finish in time. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    retrieve_for_dify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RetrievalIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordsOut"];
                };
            };
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_files: {
        parameters: {
            query?: {
                /** @description Only of this purpose. */
                purpose?: components["schemas"]["FilePurpose"] | null;
                /** @description How many at most; 100 of them come in one page. */
                limit?: number;
                /** @description By time: newest first or oldest first. */
                order?: "asc" | "desc";
                /** @description The `last_id` of the page before. */
                after?: string | null;
                /** @description The `first_id` of the page after. */
                before?: string | null;
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
                    "application/json": components["schemas"]["ItemList_FileOut_"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    create_file: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["Body_create_file"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileOut"];
                };
            };
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The file is of no supported type, or the body of no expected content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_file_object: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file_id: string;
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
                    "application/json": components["schemas"]["FileOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    delete_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file_id: string;
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
                    "application/json": components["schemas"]["FileDeletedOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_file_content: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file_id: string;
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
            /** @description Files lie in object storage: `Location` is a URL that works for a few minutes. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The header Range names no bytes of the file. */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_vector_stores: {
        parameters: {
            query?: {
                /** @description How many at most; 100 of them come in one page. */
                limit?: number;
                /** @description By time: newest first or oldest first. */
                order?: "asc" | "desc";
                /** @description The `last_id` of the page before. */
                after?: string | null;
                /** @description The `first_id` of the page after. */
                before?: string | null;
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
                    "application/json": components["schemas"]["ItemList_VectorStoreOut_"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    create_vector_store: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VectorStoreIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VectorStoreOut"];
                };
            };
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_vector_store: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                vector_store_id: string;
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
                    "application/json": components["schemas"]["VectorStoreOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    update_vector_store: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                vector_store_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VectorStoreChangesIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VectorStoreOut"];
                };
            };
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    delete_vector_store: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                vector_store_id: string;
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
                    "application/json": components["schemas"]["VectorStoreDeletedOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    search_vector_store: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                vector_store_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VectorStoreSearchIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VectorStoreSearchOut"];
                };
            };
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_vector_store_files: {
        parameters: {
            query?: {
                /** @description Only with this status. */
                filter?: ("in_progress" | "completed" | "failed" | "cancelled") | null;
                /** @description How many at most; 100 of them come in one page. */
                limit?: number;
                /** @description By time: newest first or oldest first. */
                order?: "asc" | "desc";
                /** @description The `last_id` of the page before. */
                after?: string | null;
                /** @description The `first_id` of the page after. */
                before?: string | null;
            };
            header?: never;
            path: {
                vector_store_id: string;
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
                    "application/json": components["schemas"]["ItemList_StoreFileOut_"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    create_vector_store_file: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                vector_store_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StoreFileIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoreFileOut"];
                };
            };
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_vector_store_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                vector_store_id: string;
                file_id: string;
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
                    "application/json": components["schemas"]["StoreFileOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    update_vector_store_file: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                vector_store_id: string;
                file_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AttributesIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoreFileOut"];
                };
            };
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    delete_vector_store_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                vector_store_id: string;
                file_id: string;
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
                    "application/json": components["schemas"]["StoreFileDeletedOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_vector_store_file_content: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                vector_store_id: string;
                file_id: string;
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
                    "application/json": components["schemas"]["FileTextOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    create_vector_store_batch: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                vector_store_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StoreFilesIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoreBatchOut"];
                };
            };
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_vector_store_batch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                vector_store_id: string;
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
                    "application/json": components["schemas"]["StoreBatchOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    cancel_vector_store_batch: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                vector_store_id: string;
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
                    "application/json": components["schemas"]["StoreBatchOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_vector_store_batch_files: {
        parameters: {
            query?: {
                /** @description Only with this status. */
                filter?: ("in_progress" | "completed" | "failed" | "cancelled") | null;
                /** @description How many at most; 100 of them come in one page. */
                limit?: number;
                /** @description By time: newest first or oldest first. */
                order?: "asc" | "desc";
                /** @description The `last_id` of the page before. */
                after?: string | null;
                /** @description The `first_id` of the page after. */
                before?: string | null;
            };
            header?: never;
            path: {
                vector_store_id: string;
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
                    "application/json": components["schemas"]["ItemList_StoreFileOut_"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    create_response: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResponseIn"];
            };
        };
        responses: {
            /** @description The response, as JSON or as events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResponseOut"];
                    "text/event-stream": {
                        /** @constant */
                        event: "response.created";
                        id?: string;
                        data: string;
                    } | {
                        /** @constant */
                        event: "response.in_progress";
                        id?: string;
                        data: string;
                    } | {
                        /** @constant */
                        event: "response.output_item.added";
                        id?: string;
                        data: string;
                    } | {
                        /** @constant */
                        event: "response.file_search_call.in_progress";
                        id?: string;
                        data: string;
                    } | {
                        /** @constant */
                        event: "response.file_search_call.searching";
                        id?: string;
                        data: string;
                    } | {
                        /** @constant */
                        event: "response.file_search_call.completed";
                        id?: string;
                        data: string;
                    } | {
                        /** @constant */
                        event: "response.output_item.done";
                        id?: string;
                        data: string;
                    } | {
                        /** @constant */
                        event: "response.content_part.added";
                        id?: string;
                        data: string;
                    } | {
                        /** @constant */
                        event: "response.output_text.delta";
                        id?: string;
                        data: string;
                    } | {
                        /** @constant */
                        event: "response.output_text.annotation.added";
                        id?: string;
                        data: string;
                    } | {
                        /** @constant */
                        event: "response.output_text.done";
                        id?: string;
                        data: string;
                    } | {
                        /** @constant */
                        event: "response.content_part.done";
                        id?: string;
                        data: string;
                    } | {
                        /** @constant */
                        event: "response.completed";
                        id?: string;
                        data: string;
                    } | {
                        /** @constant */
                        event: "response.incomplete";
                        id?: string;
                        data: string;
                    } | {
                        /** @constant */
                        event: "response.failed";
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The answer did not finish in time. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_response: {
        parameters: {
            query?: {
                /** @description Refused unless false. */
                stream?: boolean;
            };
            header?: never;
            path: {
                response_id: string;
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
                    "application/json": components["schemas"]["ResponseOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    delete_response: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                response_id: string;
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
                    "application/json": components["schemas"]["ResponseDeletedOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_response_input_items: {
        parameters: {
            query?: {
                /** @description How many at most; 100 of them come in one page. */
                limit?: number;
                /** @description By time: newest first or oldest first. */
                order?: "asc" | "desc";
                /** @description The `last_id` of the page before. */
                after?: string | null;
                /** @description The `first_id` of the page after. */
                before?: string | null;
            };
            header?: never;
            path: {
                response_id: string;
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
                    "application/json": components["schemas"]["ItemList_InputMessageOut_"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    cancel_response: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                response_id: string;
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
                    "application/json": components["schemas"]["ResponseOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    create_conversation_object: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConversationObjectIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationObjectOut"];
                };
            };
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_conversation_object: {
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
                    "application/json": components["schemas"]["ConversationObjectOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    update_conversation_object: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConversationMetadataIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationObjectOut"];
                };
            };
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    delete_conversation_object: {
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
                    "application/json": components["schemas"]["ConversationObjectDeletedOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_conversation_items: {
        parameters: {
            query?: {
                /** @description How many at most; 100 of them come in one page. */
                limit?: number;
                /** @description By time: newest first or oldest first. */
                order?: "asc" | "desc";
                /** @description The `last_id` of the page before. */
                after?: string | null;
                /** @description The `first_id` of the page after. */
                before?: string | null;
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
                    "application/json": components["schemas"]["ItemList_InputMessageOut_"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_conversation_item: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
                item_id: string;
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
                    "application/json": components["schemas"]["InputMessageOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_fine_tuning_jobs: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description Id of the last item of the page before. */
                after?: string | null;
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
                    "application/json": components["schemas"]["ItemList_FineTuningJobOut_"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    create_fine_tuning_job: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FineTuningJobIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FineTuningJobOut"];
                };
            };
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_fine_tuning_job: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
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
                    "application/json": components["schemas"]["FineTuningJobOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_fine_tuning_events: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description Id of the last item of the page before. */
                after?: string | null;
            };
            header?: never;
            path: {
                job_id: string;
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
                    "application/json": components["schemas"]["ItemList_JobEventOut_"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_fine_tuning_checkpoints: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description Id of the last item of the page before. */
                after?: string | null;
            };
            header?: never;
            path: {
                job_id: string;
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
                    "application/json": components["schemas"]["ItemList_CheckpointOut_"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    cancel_fine_tuning_job: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                job_id: string;
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
                    "application/json": components["schemas"]["FineTuningJobOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    pause_fine_tuning_job: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                job_id: string;
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
                    "application/json": components["schemas"]["FineTuningJobOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    resume_fine_tuning_job: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                job_id: string;
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
                    "application/json": components["schemas"]["FineTuningJobOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_webhooks: {
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
                    "application/json": components["schemas"]["Listing_WebhookOut_"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    create_webhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewWebhookOut"];
                };
            };
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_webhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_id: string;
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
                    "application/json": components["schemas"]["WebhookOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    delete_webhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_id: string;
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    update_webhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookChangesIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookOut"];
                };
            };
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    test_webhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                webhook_id: string;
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
                    "application/json": components["schemas"]["DeliveryOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_deliveries: {
        parameters: {
            query?: {
                /** @description Only with this status. */
                status?: components["schemas"]["DeliveryStatus"] | null;
                /** @description How many at most. */
                limit?: number;
                /** @description The `next_cursor` or the `last_id` of the page before. */
                after?: string | null;
                /** @description By time: newest first or oldest first. */
                order?: "asc" | "desc";
            };
            header?: never;
            path: {
                webhook_id: string;
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
                    "application/json": components["schemas"]["Listing_DeliveryOut_"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    retry_delivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                webhook_id: string;
                delivery_id: string;
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
                    "application/json": components["schemas"]["DeliveryOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_audit: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description The `next_cursor` or the `last_id` of the page before. */
                after?: string | null;
                /** @description By time: newest first or oldest first. */
                order?: "asc" | "desc";
                /** @description For the operator: only what concerns this tenant. */
                tenant_id?: string | null;
                /** @description Only this action. */
                action?: components["schemas"]["AuditAction"] | null;
                /** @description Only with this outcome. */
                outcome?: components["schemas"]["AuditOutcome"] | null;
                /** @description Only of actors of this kind. */
                actor?: components["schemas"]["ActorKind"] | null;
                /** @description Only by this key and its tokens. */
                key_id?: string | null;
                /** @description Only by this end user. */
                user?: string | null;
                /** @description Only on things of this kind. */
                target_kind?: string | null;
                /** @description Only on this thing. */
                target_id?: string | null;
                /** @description From this moment on, as 2026-01-31T12:00:00Z. */
                since?: string | null;
                /** @description Before this moment. */
                until?: string | null;
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
                    "application/json": components["schemas"]["Listing_AuditEntryOut_"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    export_audit: {
        parameters: {
            query?: {
                /** @description `csv`: a table, with `details` as JSON. */
                format?: "jsonl" | "csv";
                /** @description For the operator: only what concerns this tenant. */
                tenant_id?: string | null;
                /** @description Only this action. */
                action?: components["schemas"]["AuditAction"] | null;
                /** @description Only with this outcome. */
                outcome?: components["schemas"]["AuditOutcome"] | null;
                /** @description Only of actors of this kind. */
                actor?: components["schemas"]["ActorKind"] | null;
                /** @description Only by this key and its tokens. */
                key_id?: string | null;
                /** @description Only by this end user. */
                user?: string | null;
                /** @description Only on things of this kind. */
                target_kind?: string | null;
                /** @description Only on this thing. */
                target_id?: string | null;
                /** @description From this moment on, as 2026-01-31T12:00:00Z. */
                since?: string | null;
                /** @description Before this moment. */
                until?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One entry a line, the oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/jsonl": string;
                    "text/csv": string;
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    create_tenant: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    create_key: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    rotate_key: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RotationIn"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RotatedKeyOut"];
                };
            };
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_my_keys: {
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
                    "application/json": components["schemas"]["Listing_KeyOut_"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    create_my_key: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OwnKeyIn"];
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
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    rotate_my_key: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RotationIn"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RotatedKeyOut"];
                };
            };
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    revoke_my_key: {
        parameters: {
            query?: {
                /** @description Also the last key that can make keys: then only the operator can make another. */
                last?: boolean;
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_adapter_files: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `builtin` for an adapter that comes with the service. */
                tenant_id: string;
                version: string;
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
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_tokens: {
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
                /** @description Only of this user. */
                user?: string | null;
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
                    "application/json": components["schemas"]["Listing_AccessTokenOut_"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    create_token: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccessTokenIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewAccessTokenOut"];
                };
            };
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token_id: string;
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
                    "application/json": components["schemas"]["AccessTokenOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    revoke_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token_id: string;
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
                    "application/json": components["schemas"]["AccessTokenOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_sign_in: {
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
                    "application/json": components["schemas"]["SignInOut"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    create_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    sign_out: {
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
                    "application/json": components["schemas"]["SignedOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_me: {
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
                    "application/json": components["schemas"]["MeOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_usage: {
        parameters: {
            query?: {
                /** @description First day (UTC), as 2026-01-31. Left out: 30 days up to `end`. */
                start?: string | null;
                /** @description Last day (UTC). Left out: today. */
                end?: string | null;
                /** @description Only of this end user. */
                user?: string | null;
                /** @description One entry for each day and end user, not for each day. */
                by_user?: boolean;
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
                    "application/json": components["schemas"]["UsageReportOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_tenant_usage: {
        parameters: {
            query?: {
                /** @description First day (UTC), as 2026-01-31. Left out: 30 days up to `end`. */
                start?: string | null;
                /** @description Last day (UTC). Left out: today. */
                end?: string | null;
                /** @description One entry for each day and end user, not for each day. */
                by_user?: boolean;
            };
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
                    "application/json": components["schemas"]["UsageReportOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_tenant_limits: {
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
                    "application/json": components["schemas"]["SetLimitsOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    set_tenant_limits: {
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
                "application/json": components["schemas"]["TenantLimitsIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetLimitsOut"];
                };
            };
            /** @description The request cannot be read, for example because the JSON or the form data is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body or the file is too large, or your tenant has as much as a quota allows; `param` names it. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The disk is full; nothing was saved. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_jobs: {
        parameters: {
            query?: {
                /** @description Only of this tenant. */
                tenant_id?: string | null;
                /** @description Only of this kind. */
                kind?: components["schemas"]["JobKind"] | null;
                /** @description Only with this status. */
                status?: components["schemas"]["JobStatus"] | null;
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
                    "application/json": components["schemas"]["Listing_JobOut_"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    cancel_job: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                job_id: string;
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
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    retry_job: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                job_id: string;
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
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_queue: {
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
                    "application/json": components["schemas"]["QueueOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    pause_queue: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
                    "application/json": components["schemas"]["QueueOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    resume_queue: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gets the first answer again, streams too, with the header `Idempotent-Replayed: true`; 409 `idempotency_in_progress` while the first is at work. */
                "Idempotency-Key"?: string | null;
            };
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
                    "application/json": components["schemas"]["QueueOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The thing is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_processes: {
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
                    "application/json": components["schemas"]["ProcessesOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_diagnosis: {
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
                    "application/json": components["schemas"]["DiagnosisOut"];
                };
            };
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The key or token lacks the scope, or may not be used here; or its tenant is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A limit of your tenant, key or token is reached; see Retry-After. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
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
            /** @description Not ready; `checks` says why. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
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
            /** @description No API key, or one that is unknown or revoked; or a token that has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such thing, or not yours: both look alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A field is missing, unknown or out of bounds; `param` names it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The service is at its limit, busy or not ready; see Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
}
