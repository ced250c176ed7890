-- The tables of revision 0039, written by `python -m tools.postgres_baseline`.

CREATE SEQUENCE chunk_blocks;

CREATE TABLE audit_log (
	id VARCHAR(64) COLLATE "C" NOT NULL,
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C",
	action VARCHAR(64) COLLATE "C" NOT NULL,
	outcome VARCHAR(16) COLLATE "C" NOT NULL,
	count BIGINT NOT NULL,
	target_kind VARCHAR(32) COLLATE "C" NOT NULL,
	target_id VARCHAR(400) COLLATE "C" NOT NULL,
	actor_kind VARCHAR(16) COLLATE "C" NOT NULL,
	actor_tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	key_id VARCHAR(64) COLLATE "C" NOT NULL,
	token_id VARCHAR(64) COLLATE "C" NOT NULL,
	"user" VARCHAR(200) COLLATE "C" NOT NULL,
	address VARCHAR(64) COLLATE "C" NOT NULL,
	request_id VARCHAR(64) COLLATE "C" NOT NULL,
	details JSON NOT NULL,
	CONSTRAINT pk_audit_log PRIMARY KEY (id)
);

CREATE INDEX ix_audit_log_created_at ON audit_log (created_at, id);

CREATE INDEX ix_audit_log_deletions ON audit_log (created_at, id) WHERE action = 'audit.deleted';

CREATE INDEX ix_audit_log_tenant_id ON audit_log (tenant_id, created_at, id);

CREATE OR REPLACE FUNCTION keep_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    newest record;
BEGIN
    IF TG_OP = 'DELETE' THEN
        SELECT id, (details ->> 'before')::timestamptz AT TIME ZONE 'UTC' AS before INTO newest
        FROM audit_log WHERE action = 'audit.deleted' ORDER BY created_at DESC, id DESC LIMIT 1;
        IF newest.id <> OLD.id AND OLD.created_at < newest.before THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'audit_log is append-only' USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER audit_log_kept BEFORE UPDATE OR DELETE ON audit_log
FOR EACH ROW EXECUTE FUNCTION keep_audit_log();

CREATE TRIGGER audit_log_not_emptied BEFORE TRUNCATE ON audit_log
FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_log();

CREATE TABLE queue_pauses (
	scope VARCHAR(64) COLLATE "C" NOT NULL,
	since TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_queue_pauses PRIMARY KEY (scope)
);

CREATE TABLE embedding_models (
	fingerprint VARCHAR(64) COLLATE "C" NOT NULL,
	source TEXT NOT NULL,
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_embedding_models PRIMARY KEY (fingerprint)
);

CREATE TABLE processes (
	id VARCHAR(64) COLLATE "C" NOT NULL,
	kind VARCHAR(16) COLLATE "C" NOT NULL,
	node VARCHAR(200) COLLATE "C" NOT NULL,
	pid BIGINT NOT NULL,
	version VARCHAR(64) COLLATE "C" NOT NULL,
	draining BOOLEAN NOT NULL,
	started_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	seen_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_processes PRIMARY KEY (id)
);

CREATE TABLE rate_buckets (
	owner_id VARCHAR(64) COLLATE "C" NOT NULL,
	resource VARCHAR(16) COLLATE "C" NOT NULL,
	level DOUBLE PRECISION NOT NULL,
	granted DOUBLE PRECISION NOT NULL,
	filled_at DOUBLE PRECISION NOT NULL,
	CONSTRAINT pk_rate_buckets PRIMARY KEY (owner_id, resource)
);

CREATE TABLE one_time_values (
	name_hash VARCHAR(64) COLLATE "C" NOT NULL,
	content BYTEA NOT NULL,
	ends_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_one_time_values PRIMARY KEY (name_hash)
);

CREATE INDEX ix_one_time_values_ends_at ON one_time_values (ends_at);

CREATE TABLE service_secrets (
	name VARCHAR(64) COLLATE "C" NOT NULL,
	secret VARCHAR(64) COLLATE "C" NOT NULL,
	CONSTRAINT pk_service_secrets PRIMARY KEY (name)
);

CREATE TABLE tenants (
	id VARCHAR(64) COLLATE "C" NOT NULL,
	name VARCHAR(200) COLLATE "C" NOT NULL,
	status VARCHAR(16) COLLATE "C" NOT NULL,
	served_at TIMESTAMP WITHOUT TIME ZONE,
	embeddings VARCHAR(64) COLLATE "C",
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_tenants PRIMARY KEY (id),
	CONSTRAINT uq_tenants_name UNIQUE (name)
);

CREATE TABLE jobs (
	id VARCHAR(64) COLLATE "C" NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	kind VARCHAR(32) COLLATE "C" NOT NULL,
	payload JSON NOT NULL,
	idempotency_key VARCHAR(255) COLLATE "C",
	status VARCHAR(16) COLLATE "C" NOT NULL,
	attempts BIGINT NOT NULL,
	lease_token VARCHAR(64) COLLATE "C",
	lease_until TIMESTAMP WITHOUT TIME ZONE,
	run_after TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	cancel_requested BOOLEAN NOT NULL,
	error_code VARCHAR(64) COLLATE "C",
	error_message TEXT,
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	updated_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_jobs PRIMARY KEY (id),
	CONSTRAINT uq_jobs_tenant_id_kind_idempotency_key UNIQUE (tenant_id, kind, idempotency_key),
	CONSTRAINT fk_jobs_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
);

CREATE INDEX ix_jobs_due ON jobs (run_after) WHERE status = 'queued';

CREATE INDEX ix_jobs_lease ON jobs (lease_until) WHERE status = 'running';

CREATE INDEX ix_jobs_tenant_id ON jobs (tenant_id);

CREATE INDEX ix_jobs_unfinished ON jobs (tenant_id, kind) WHERE status IN ('queued', 'running');

CREATE OR REPLACE FUNCTION notify_of_queued_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NOTIFY loracle_jobs;
    RETURN NULL;
END
$$;

CREATE TRIGGER queued_job AFTER INSERT OR UPDATE OF status ON jobs
FOR EACH ROW WHEN (NEW.status = 'queued') EXECUTE FUNCTION notify_of_queued_job();

CREATE TABLE adapter_versions (
	id BIGSERIAL NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	name VARCHAR(64) COLLATE "C" NOT NULL,
	version VARCHAR(64) COLLATE "C" NOT NULL,
	path VARCHAR(500) COLLATE "C" NOT NULL,
	rank BIGINT NOT NULL,
	alpha DOUBLE PRECISION NOT NULL,
	target_modules JSON NOT NULL,
	size_bytes BIGINT NOT NULL,
	base_fingerprint VARCHAR(64) COLLATE "C" NOT NULL,
	origin VARCHAR(16) COLLATE "C" NOT NULL,
	parents JSON NOT NULL,
	details JSON NOT NULL,
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_adapter_versions PRIMARY KEY (id),
	CONSTRAINT uq_adapter_versions_tenant_id_name_version UNIQUE (tenant_id, name, version),
	CONSTRAINT fk_adapter_versions_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
);

CREATE INDEX ix_adapter_versions_tenant_id ON adapter_versions (tenant_id);

CREATE TABLE change_log (
	seq BIGSERIAL NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	kind VARCHAR(8) COLLATE "C" NOT NULL,
	version_id BIGINT NOT NULL,
	first_chunk_id BIGINT NOT NULL,
	last_chunk_id BIGINT NOT NULL,
	CONSTRAINT pk_change_log PRIMARY KEY (seq),
	CONSTRAINT fk_change_log_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
);

CREATE INDEX ix_change_log_tenant_id_seq ON change_log (tenant_id, seq);

CREATE TABLE index_checkpoints (
	id BIGSERIAL NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	seq BIGINT NOT NULL,
	path VARCHAR(500) COLLATE "C" NOT NULL,
	sha256 VARCHAR(64) COLLATE "C" NOT NULL,
	vectors BIGINT NOT NULL,
	fingerprint VARCHAR(64) COLLATE "C" NOT NULL,
	node VARCHAR(64) COLLATE "C" DEFAULT '' NOT NULL,
	CONSTRAINT pk_index_checkpoints PRIMARY KEY (id),
	CONSTRAINT fk_index_checkpoints_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
);

CREATE INDEX ix_index_checkpoints_tenant_id ON index_checkpoints (tenant_id);

CREATE TABLE chunk_ids (
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	next_id BIGINT NOT NULL,
	end_id BIGINT NOT NULL,
	CONSTRAINT pk_chunk_ids PRIMARY KEY (tenant_id),
	CONSTRAINT fk_chunk_ids_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
);

CREATE TABLE postings (
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	term VARCHAR(128) COLLATE "C" NOT NULL,
	bucket BIGINT NOT NULL,
	entries BYTEA NOT NULL,
	CONSTRAINT pk_postings PRIMARY KEY (tenant_id, term, bucket),
	CONSTRAINT fk_postings_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
)
 WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);

ALTER TABLE postings ALTER COLUMN entries SET STORAGE EXTERNAL;

CREATE TABLE postings_totals (
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	chunks BIGINT NOT NULL,
	terms BIGINT NOT NULL,
	CONSTRAINT pk_postings_totals PRIMARY KEY (tenant_id),
	CONSTRAINT fk_postings_totals_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
);

CREATE TABLE conversations (
	id VARCHAR(64) COLLATE "C" NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	title VARCHAR(200) COLLATE "C" NOT NULL,
	labels JSON DEFAULT '{}' NOT NULL,
	evaluation_id VARCHAR(64) COLLATE "C",
	"user" VARCHAR(200) COLLATE "C",
	pinned BOOLEAN DEFAULT false NOT NULL,
	archived BOOLEAN DEFAULT false NOT NULL,
	current_turn_id VARCHAR(64) COLLATE "C",
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	updated_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_conversations PRIMARY KEY (id),
	CONSTRAINT fk_conversations_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
);

CREATE INDEX ix_conversations_tenant_id ON conversations (tenant_id);

CREATE INDEX ix_conversations_tenant_id_user ON conversations (tenant_id, "user");

CREATE TABLE answering (
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	preamble TEXT NOT NULL,
	refusal_threshold DOUBLE PRECISION,
	calibration JSON NOT NULL,
	fingerprint VARCHAR(64) COLLATE "C" NOT NULL,
	representation VARCHAR(16) COLLATE "C" DEFAULT 'hybrid' NOT NULL,
	judging VARCHAR(8) COLLATE "C" DEFAULT 'model' NOT NULL,
	answerable_threshold DOUBLE PRECISION,
	judged_by VARCHAR(128) COLLATE "C" DEFAULT '' NOT NULL,
	questions JSON DEFAULT '[]' NOT NULL,
	updated_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_answering PRIMARY KEY (tenant_id),
	CONSTRAINT fk_answering_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
);

CREATE TABLE documents (
	id VARCHAR(64) COLLATE "C" NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	collection VARCHAR(200) COLLATE "C" NOT NULL,
	filename VARCHAR(1000) COLLATE "C" NOT NULL,
	metadata JSONB NOT NULL,
	file_id VARCHAR(64) COLLATE "C",
	access_groups JSONB DEFAULT '[]' NOT NULL,
	external_id VARCHAR(500) COLLATE "C",
	live_version_id BIGINT,
	latest_version_id BIGINT,
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_documents PRIMARY KEY (id),
	CONSTRAINT fk_documents_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
);

CREATE INDEX ix_documents_file_id ON documents (file_id);

CREATE INDEX ix_documents_tenant_id ON documents (tenant_id);

CREATE UNIQUE INDEX ix_documents_tenant_id_external_id ON documents (tenant_id, external_id);

CREATE UNIQUE INDEX uq_documents_tenant_id_collection_filename_hash ON documents (tenant_id, collection, md5(filename));

CREATE TABLE collections (
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	name VARCHAR(200) COLLATE "C" NOT NULL,
	chunk_tokens BIGINT,
	chunk_overlap_tokens BIGINT,
	section_tokens BIGINT,
	keep_versions BIGINT,
	access_groups JSONB DEFAULT '[]' NOT NULL,
	updated_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_collections PRIMARY KEY (tenant_id, name),
	CONSTRAINT fk_collections_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
);

CREATE TABLE batches (
	id VARCHAR(64) COLLATE "C" NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	collection VARCHAR(200) COLLATE "C" NOT NULL,
	files BIGINT NOT NULL,
	refused JSON NOT NULL,
	access_groups JSONB DEFAULT '[]' NOT NULL,
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_batches PRIMARY KEY (id),
	CONSTRAINT fk_batches_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
);

CREATE INDEX ix_batches_tenant_id ON batches (tenant_id);

CREATE TABLE evaluations (
	id VARCHAR(64) COLLATE "C" NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	name VARCHAR(200) COLLATE "C" NOT NULL,
	adapter VARCHAR(140) COLLATE "C",
	status VARCHAR(16) COLLATE "C" NOT NULL,
	cases TEXT NOT NULL,
	progress DOUBLE PRECISION NOT NULL,
	scores JSON NOT NULL,
	error_code VARCHAR(64) COLLATE "C",
	error_message TEXT,
	job_id VARCHAR(64) COLLATE "C",
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	finished_at TIMESTAMP WITHOUT TIME ZONE,
	CONSTRAINT pk_evaluations PRIMARY KEY (id),
	CONSTRAINT fk_evaluations_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
);

CREATE INDEX ix_evaluations_tenant_id ON evaluations (tenant_id);

CREATE TABLE vector_stores (
	id VARCHAR(64) COLLATE "C" NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	collection VARCHAR(200) COLLATE "C" NOT NULL,
	name VARCHAR(256) COLLATE "C" NOT NULL,
	description TEXT,
	metadata JSON NOT NULL,
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_vector_stores PRIMARY KEY (id),
	CONSTRAINT uq_vector_stores_tenant_id_collection UNIQUE (tenant_id, collection),
	CONSTRAINT fk_vector_stores_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
);

CREATE INDEX ix_vector_stores_tenant_id ON vector_stores (tenant_id);

CREATE TABLE idempotency_keys (
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	caller VARCHAR(64) COLLATE "C" NOT NULL,
	operation VARCHAR(200) COLLATE "C" NOT NULL,
	key VARCHAR(255) COLLATE "C" NOT NULL,
	body_hash VARCHAR(64) COLLATE "C" NOT NULL,
	status BIGINT NOT NULL,
	media_type VARCHAR(100) COLLATE "C" NOT NULL,
	body BYTEA NOT NULL,
	lease_token VARCHAR(64) COLLATE "C",
	lease_until TIMESTAMP WITHOUT TIME ZONE,
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_idempotency_keys PRIMARY KEY (tenant_id, caller, operation, key),
	CONSTRAINT fk_idempotency_keys_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
);

CREATE TABLE live_answers (
	turn_id VARCHAR(64) COLLATE "C" NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	"user" VARCHAR(200) COLLATE "C",
	process_id VARCHAR(64) COLLATE "C" NOT NULL,
	stop_requested BOOLEAN NOT NULL,
	read_at TIMESTAMP WITHOUT TIME ZONE,
	CONSTRAINT pk_live_answers PRIMARY KEY (turn_id),
	CONSTRAINT fk_live_answers_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
	CONSTRAINT fk_live_answers_process_id_processes FOREIGN KEY(process_id) REFERENCES processes (id) ON DELETE CASCADE
);

CREATE INDEX ix_live_answers_process_id ON live_answers (process_id);

CREATE INDEX ix_live_answers_tenant_id ON live_answers (tenant_id);

CREATE TABLE api_keys (
	id VARCHAR(64) COLLATE "C" NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	label VARCHAR(200) COLLATE "C" NOT NULL,
	prefix VARCHAR(16) COLLATE "C" NOT NULL,
	secret_hash VARCHAR(64) COLLATE "C" NOT NULL,
	scopes JSON NOT NULL,
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	revoked_at TIMESTAMP WITHOUT TIME ZONE,
	expires_at TIMESTAMP WITHOUT TIME ZONE,
	last_used_at TIMESTAMP WITHOUT TIME ZONE,
	CONSTRAINT pk_api_keys PRIMARY KEY (id),
	CONSTRAINT fk_api_keys_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
	CONSTRAINT uq_api_keys_secret_hash UNIQUE (secret_hash)
);

CREATE INDEX ix_api_keys_prefix ON api_keys (prefix);

CREATE INDEX ix_api_keys_tenant_id ON api_keys (tenant_id);

CREATE TABLE link_keys (
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	secret BYTEA NOT NULL,
	CONSTRAINT pk_link_keys PRIMARY KEY (tenant_id),
	CONSTRAINT fk_link_keys_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
);

CREATE TABLE datasets (
	id VARCHAR(64) COLLATE "C" NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	name VARCHAR(64) COLLATE "C" NOT NULL,
	version BIGINT NOT NULL,
	origin VARCHAR(16) COLLATE "C" NOT NULL,
	blob VARCHAR(200) COLLATE "C" NOT NULL,
	sha256 VARCHAR(64) COLLATE "C" NOT NULL,
	size_bytes BIGINT NOT NULL,
	report JSON NOT NULL,
	details JSON NOT NULL,
	base_fingerprint VARCHAR(64) COLLATE "C" NOT NULL,
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_datasets PRIMARY KEY (id),
	CONSTRAINT uq_datasets_tenant_id_name_version UNIQUE (tenant_id, name, version),
	CONSTRAINT fk_datasets_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
);

CREATE INDEX ix_datasets_blob ON datasets (blob);

CREATE INDEX ix_datasets_tenant_id ON datasets (tenant_id);

CREATE TABLE trainings (
	id VARCHAR(64) COLLATE "C" NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	adapter_name VARCHAR(64) COLLATE "C" NOT NULL,
	dataset_id VARCHAR(64) COLLATE "C" NOT NULL,
	dataset_label VARCHAR(80) COLLATE "C" NOT NULL,
	status VARCHAR(20) COLLATE "C" NOT NULL,
	recipe JSON NOT NULL,
	evaluation_share DOUBLE PRECISION NOT NULL,
	search_asked JSON,
	search JSON,
	step BIGINT NOT NULL,
	steps BIGINT NOT NULL,
	figures JSON NOT NULL,
	eta_s DOUBLE PRECISION,
	adapter VARCHAR(140) COLLATE "C",
	evaluation_id VARCHAR(64) COLLATE "C",
	error_code VARCHAR(64) COLLATE "C",
	error_message TEXT,
	job_id VARCHAR(64) COLLATE "C",
	pausing BOOLEAN NOT NULL,
	client JSON NOT NULL,
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	started_at TIMESTAMP WITHOUT TIME ZONE,
	finished_at TIMESTAMP WITHOUT TIME ZONE,
	CONSTRAINT pk_trainings PRIMARY KEY (id),
	CONSTRAINT fk_trainings_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
);

CREATE INDEX ix_trainings_dataset_id ON trainings (dataset_id);

CREATE INDEX ix_trainings_tenant_id ON trainings (tenant_id);

CREATE TABLE tenant_limits (
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	limits JSON NOT NULL,
	CONSTRAINT pk_tenant_limits PRIMARY KEY (tenant_id),
	CONSTRAINT fk_tenant_limits_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
);

CREATE TABLE usage_days (
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	day DATE NOT NULL,
	"user" VARCHAR(200) COLLATE "C" NOT NULL,
	requests BIGINT NOT NULL,
	prompt_tokens BIGINT NOT NULL,
	completion_tokens BIGINT NOT NULL,
	uploads BIGINT NOT NULL,
	CONSTRAINT pk_usage_days PRIMARY KEY (tenant_id, day, "user"),
	CONSTRAINT fk_usage_days_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
);

CREATE TABLE tenant_totals (
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	documents BIGINT NOT NULL,
	stored_bytes BIGINT NOT NULL,
	CONSTRAINT pk_tenant_totals PRIMARY KEY (tenant_id),
	CONSTRAINT fk_tenant_totals_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
);

CREATE TABLE webhooks (
	id VARCHAR(64) COLLATE "C" NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	url TEXT NOT NULL,
	events JSON NOT NULL,
	description VARCHAR(200) COLLATE "C" NOT NULL,
	secret VARCHAR(100) COLLATE "C" NOT NULL,
	enabled BOOLEAN NOT NULL,
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_webhooks PRIMARY KEY (id),
	CONSTRAINT fk_webhooks_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
);

CREATE INDEX ix_webhooks_tenant_id ON webhooks (tenant_id);

CREATE TABLE adapter_sources (
	id BIGSERIAL NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	adapter_version_id BIGINT NOT NULL,
	document_id VARCHAR(64) COLLATE "C" NOT NULL,
	filename VARCHAR(1000) COLLATE "C" NOT NULL,
	CONSTRAINT pk_adapter_sources PRIMARY KEY (id),
	CONSTRAINT fk_adapter_sources_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
	CONSTRAINT fk_adapter_sources_adapter_version_id_adapter_versions FOREIGN KEY(adapter_version_id) REFERENCES adapter_versions (id) ON DELETE CASCADE
);

CREATE INDEX ix_adapter_sources_adapter_version_id ON adapter_sources (adapter_version_id);

CREATE INDEX ix_adapter_sources_document_id ON adapter_sources (document_id);

CREATE INDEX ix_adapter_sources_tenant_id ON adapter_sources (tenant_id);

CREATE TABLE adapter_activations (
	id BIGSERIAL NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	adapter_version_id BIGINT,
	previous_id BIGINT,
	evaluation_id VARCHAR(64) COLLATE "C",
	override_reason TEXT,
	actor VARCHAR(64) COLLATE "C",
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_adapter_activations PRIMARY KEY (id),
	CONSTRAINT fk_adapter_activations_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
	CONSTRAINT fk_adapter_activations_adapter_version_id_adapter_versions FOREIGN KEY(adapter_version_id) REFERENCES adapter_versions (id) ON DELETE CASCADE
);

CREATE INDEX ix_adapter_activations_tenant_id ON adapter_activations (tenant_id);

CREATE TABLE adapter_canaries (
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	adapter_version_id BIGINT NOT NULL,
	share DOUBLE PRECISION NOT NULL,
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_adapter_canaries PRIMARY KEY (tenant_id),
	CONSTRAINT fk_adapter_canaries_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
	CONSTRAINT fk_adapter_canaries_adapter_version_id_adapter_versions FOREIGN KEY(adapter_version_id) REFERENCES adapter_versions (id) ON DELETE CASCADE
);

CREATE TABLE turns (
	id VARCHAR(64) COLLATE "C" NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	conversation_id VARCHAR(64) COLLATE "C" NOT NULL,
	question TEXT NOT NULL,
	answer TEXT NOT NULL,
	result JSON NOT NULL,
	parent_id VARCHAR(64) COLLATE "C",
	options JSON DEFAULT '{}' NOT NULL,
	status VARCHAR(16) COLLATE "C" DEFAULT 'completed' NOT NULL,
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_turns PRIMARY KEY (id),
	CONSTRAINT fk_turns_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
	CONSTRAINT fk_turns_conversation_id_conversations FOREIGN KEY(conversation_id) REFERENCES conversations (id) ON DELETE CASCADE
);

CREATE INDEX ix_turns_conversation_id ON turns (conversation_id);

CREATE INDEX ix_turns_tenant_id ON turns (tenant_id);

CREATE TABLE document_versions (
	id BIGSERIAL NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	document_id VARCHAR(64) COLLATE "C" NOT NULL,
	version BIGINT NOT NULL,
	sha256 VARCHAR(64) COLLATE "C" NOT NULL,
	size_bytes BIGINT NOT NULL,
	media_type VARCHAR(100) COLLATE "C" NOT NULL,
	blob VARCHAR(200) COLLATE "C" NOT NULL,
	status VARCHAR(16) COLLATE "C" NOT NULL,
	progress DOUBLE PRECISION NOT NULL,
	stage JSON NOT NULL,
	error_code VARCHAR(64) COLLATE "C",
	error_message TEXT,
	pages BIGINT,
	chunks BIGINT,
	chunking VARCHAR(64) COLLATE "C" NOT NULL,
	parser VARCHAR(32) COLLATE "C" DEFAULT '' NOT NULL,
	warnings JSON DEFAULT '[]' NOT NULL,
	job_id VARCHAR(64) COLLATE "C",
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	ready_at TIMESTAMP WITHOUT TIME ZONE,
	CONSTRAINT pk_document_versions PRIMARY KEY (id),
	CONSTRAINT uq_document_versions_document_id_version UNIQUE (document_id, version),
	CONSTRAINT fk_document_versions_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
	CONSTRAINT fk_document_versions_document_id_documents FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE INDEX ix_document_versions_blob ON document_versions (blob);

CREATE INDEX ix_document_versions_document_id ON document_versions (document_id);

CREATE INDEX ix_document_versions_kept_size ON document_versions (tenant_id, size_bytes) WHERE blob <> '';

CREATE INDEX ix_document_versions_status ON document_versions (status);

CREATE INDEX ix_document_versions_tenant_id ON document_versions (tenant_id);

CREATE INDEX ix_document_versions_tenant_id_sha256 ON document_versions (tenant_id, sha256);

CREATE TABLE evaluation_results (
	id BIGSERIAL NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	evaluation_id VARCHAR(64) COLLATE "C" NOT NULL,
	part VARCHAR(300) COLLATE "C" NOT NULL,
	case_id TEXT NOT NULL,
	figures JSON NOT NULL,
	CONSTRAINT pk_evaluation_results PRIMARY KEY (id),
	CONSTRAINT fk_evaluation_results_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
	CONSTRAINT fk_evaluation_results_evaluation_id_evaluations FOREIGN KEY(evaluation_id) REFERENCES evaluations (id) ON DELETE CASCADE
);

CREATE INDEX ix_evaluation_results_evaluation_id ON evaluation_results (evaluation_id);

CREATE INDEX ix_evaluation_results_tenant_id ON evaluation_results (tenant_id);

CREATE TABLE adapter_evaluations (
	id VARCHAR(64) COLLATE "C" NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	adapter_version_id BIGINT NOT NULL,
	against VARCHAR(140) COLLATE "C" NOT NULL,
	status VARCHAR(16) COLLATE "C" NOT NULL,
	base_fingerprint VARCHAR(64) COLLATE "C" NOT NULL,
	cases TEXT NOT NULL,
	progress DOUBLE PRECISION NOT NULL,
	verdict VARCHAR(16) COLLATE "C",
	report JSON NOT NULL,
	error_code VARCHAR(64) COLLATE "C",
	error_message TEXT,
	job_id VARCHAR(64) COLLATE "C",
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	finished_at TIMESTAMP WITHOUT TIME ZONE,
	CONSTRAINT pk_adapter_evaluations PRIMARY KEY (id),
	CONSTRAINT fk_adapter_evaluations_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
	CONSTRAINT fk_adapter_evaluations_adapter_version_id_adapter_versions FOREIGN KEY(adapter_version_id) REFERENCES adapter_versions (id) ON DELETE CASCADE
);

CREATE INDEX ix_adapter_evaluations_adapter_version_id ON adapter_evaluations (adapter_version_id);

CREATE INDEX ix_adapter_evaluations_tenant_id ON adapter_evaluations (tenant_id);

CREATE TABLE files (
	id VARCHAR(64) COLLATE "C" NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	filename VARCHAR(1000) COLLATE "C" NOT NULL,
	purpose VARCHAR(16) COLLATE "C" NOT NULL,
	size_bytes BIGINT NOT NULL,
	sha256 VARCHAR(64) COLLATE "C" NOT NULL,
	media_type VARCHAR(100) COLLATE "C" NOT NULL,
	blob VARCHAR(200) COLLATE "C",
	dataset_id VARCHAR(64) COLLATE "C",
	"user" VARCHAR(200) COLLATE "C",
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_files PRIMARY KEY (id),
	CONSTRAINT fk_files_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
	CONSTRAINT fk_files_dataset_id_datasets FOREIGN KEY(dataset_id) REFERENCES datasets (id) ON DELETE CASCADE
);

CREATE INDEX ix_files_blob ON files (blob);

CREATE INDEX ix_files_dataset_id ON files (dataset_id);

CREATE INDEX ix_files_tenant_id ON files (tenant_id);

CREATE TABLE tokens (
	id VARCHAR(64) COLLATE "C" NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	key_id VARCHAR(64) COLLATE "C" NOT NULL,
	"user" VARCHAR(200) COLLATE "C" NOT NULL,
	prefix VARCHAR(16) COLLATE "C" NOT NULL,
	secret_hash VARCHAR(64) COLLATE "C" NOT NULL,
	scopes JSON NOT NULL,
	groups JSON NOT NULL,
	collections JSON,
	adapter VARCHAR(200) COLLATE "C",
	origins JSONB NOT NULL,
	max_requests BIGINT NOT NULL,
	requests BIGINT NOT NULL,
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	expires_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	revoked_at TIMESTAMP WITHOUT TIME ZONE,
	CONSTRAINT pk_tokens PRIMARY KEY (id),
	CONSTRAINT fk_tokens_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
	CONSTRAINT fk_tokens_key_id_api_keys FOREIGN KEY(key_id) REFERENCES api_keys (id) ON DELETE CASCADE,
	CONSTRAINT uq_tokens_secret_hash UNIQUE (secret_hash)
);

CREATE INDEX ix_tokens_expires_at ON tokens (expires_at);

CREATE INDEX ix_tokens_key_id ON tokens (key_id);

CREATE INDEX ix_tokens_prefix ON tokens (prefix);

CREATE INDEX ix_tokens_tenant_id_expires_at ON tokens (tenant_id, expires_at);

CREATE TABLE training_events (
	id BIGSERIAL NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	training_id VARCHAR(64) COLLATE "C" NOT NULL,
	kind VARCHAR(32) COLLATE "C" NOT NULL,
	message TEXT NOT NULL,
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_training_events PRIMARY KEY (id),
	CONSTRAINT fk_training_events_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
	CONSTRAINT fk_training_events_training_id_trainings FOREIGN KEY(training_id) REFERENCES trainings (id) ON DELETE CASCADE
);

CREATE INDEX ix_training_events_tenant_id ON training_events (tenant_id);

CREATE INDEX ix_training_events_training_id ON training_events (training_id);

CREATE TABLE training_points (
	training_id VARCHAR(64) COLLATE "C" NOT NULL,
	step BIGINT NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	figures JSON NOT NULL,
	CONSTRAINT pk_training_points PRIMARY KEY (training_id, step),
	CONSTRAINT fk_training_points_training_id_trainings FOREIGN KEY(training_id) REFERENCES trainings (id) ON DELETE CASCADE,
	CONSTRAINT fk_training_points_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
);

CREATE INDEX ix_training_points_tenant_id ON training_points (tenant_id);

CREATE TABLE webhook_deliveries (
	id VARCHAR(64) COLLATE "C" NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	webhook_id VARCHAR(64) COLLATE "C" NOT NULL,
	event VARCHAR(32) COLLATE "C" NOT NULL,
	data JSON NOT NULL,
	status VARCHAR(16) COLLATE "C" NOT NULL,
	attempts BIGINT NOT NULL,
	response_status BIGINT,
	error TEXT,
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	finished_at TIMESTAMP WITHOUT TIME ZONE,
	CONSTRAINT pk_webhook_deliveries PRIMARY KEY (id),
	CONSTRAINT fk_webhook_deliveries_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
	CONSTRAINT fk_webhook_deliveries_webhook_id_webhooks FOREIGN KEY(webhook_id) REFERENCES webhooks (id) ON DELETE CASCADE
);

CREATE INDEX ix_webhook_deliveries_created_at ON webhook_deliveries (created_at);

CREATE INDEX ix_webhook_deliveries_tenant_id ON webhook_deliveries (tenant_id);

CREATE INDEX ix_webhook_deliveries_webhook_id ON webhook_deliveries (webhook_id);

CREATE TABLE chunks (
	id BIGSERIAL NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	document_id VARCHAR(64) COLLATE "C" NOT NULL,
	version_id BIGINT NOT NULL,
	index BIGINT NOT NULL,
	text TEXT NOT NULL,
	heading TEXT NOT NULL,
	page_start BIGINT,
	page_end BIGINT,
	char_start BIGINT NOT NULL,
	char_end BIGINT NOT NULL,
	tokens BIGINT NOT NULL,
	section_start BIGINT NOT NULL,
	section_end BIGINT NOT NULL,
	utf16_shift BIGINT DEFAULT '0' NOT NULL,
	vector BYTEA NOT NULL,
	fingerprint VARCHAR(64) COLLATE "C" NOT NULL,
	enabled BOOLEAN DEFAULT '1' NOT NULL,
	CONSTRAINT pk_chunks PRIMARY KEY (id),
	CONSTRAINT uq_chunks_version_id_index UNIQUE (version_id, index),
	CONSTRAINT fk_chunks_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
	CONSTRAINT fk_chunks_document_id_documents FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE,
	CONSTRAINT fk_chunks_version_id_document_versions FOREIGN KEY(version_id) REFERENCES document_versions (id) ON DELETE CASCADE
);

CREATE INDEX ix_chunks_document_id ON chunks (document_id);

CREATE INDEX ix_chunks_tenant_id ON chunks (tenant_id);

CREATE TABLE feedback (
	id VARCHAR(64) COLLATE "C" NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	turn_id VARCHAR(64) COLLATE "C" NOT NULL,
	"user" VARCHAR(200) COLLATE "C",
	rating VARCHAR(8) COLLATE "C" NOT NULL,
	corrected_answer TEXT,
	comment TEXT,
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_feedback PRIMARY KEY (id),
	CONSTRAINT fk_feedback_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
	CONSTRAINT fk_feedback_turn_id_turns FOREIGN KEY(turn_id) REFERENCES turns (id) ON DELETE CASCADE
);

CREATE INDEX ix_feedback_tenant_id ON feedback (tenant_id);

CREATE INDEX ix_feedback_turn_id ON feedback (turn_id);

CREATE TABLE document_texts (
	version_id BIGINT NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	title TEXT NOT NULL,
	text TEXT NOT NULL,
	pages JSON NOT NULL,
	CONSTRAINT pk_document_texts PRIMARY KEY (version_id),
	CONSTRAINT fk_document_texts_version_id_document_versions FOREIGN KEY(version_id) REFERENCES document_versions (id) ON DELETE CASCADE,
	CONSTRAINT fk_document_texts_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
);

CREATE INDEX ix_document_texts_tenant_id ON document_texts (tenant_id);

CREATE TABLE batch_versions (
	batch_id VARCHAR(64) COLLATE "C" NOT NULL,
	version_id BIGINT NOT NULL,
	CONSTRAINT pk_batch_versions PRIMARY KEY (batch_id, version_id),
	CONSTRAINT fk_batch_versions_batch_id_batches FOREIGN KEY(batch_id) REFERENCES batches (id) ON DELETE CASCADE,
	CONSTRAINT fk_batch_versions_version_id_document_versions FOREIGN KEY(version_id) REFERENCES document_versions (id) ON DELETE CASCADE
);

CREATE INDEX ix_batch_versions_version_id ON batch_versions (version_id);

CREATE TABLE adapter_observations (
	id BIGSERIAL NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	evaluation_id VARCHAR(64) COLLATE "C" NOT NULL,
	side VARCHAR(16) COLLATE "C" NOT NULL,
	case_id TEXT NOT NULL,
	prompt_sha256 VARCHAR(64) COLLATE "C" NOT NULL,
	figures JSON NOT NULL,
	CONSTRAINT pk_adapter_observations PRIMARY KEY (id),
	CONSTRAINT fk_adapter_observations_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
	CONSTRAINT fk_adapter_observations_evaluation_id_adapter_evaluations FOREIGN KEY(evaluation_id) REFERENCES adapter_evaluations (id) ON DELETE CASCADE
);

CREATE INDEX ix_adapter_observations_evaluation_id ON adapter_observations (evaluation_id);

CREATE INDEX ix_adapter_observations_tenant_id ON adapter_observations (tenant_id);

CREATE TABLE responses (
	id VARCHAR(64) COLLATE "C" NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	turn_id VARCHAR(64) COLLATE "C" NOT NULL,
	envelope JSON NOT NULL,
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_responses PRIMARY KEY (id),
	CONSTRAINT fk_responses_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
	CONSTRAINT fk_responses_turn_id_turns FOREIGN KEY(turn_id) REFERENCES turns (id) ON DELETE CASCADE
);

CREATE INDEX ix_responses_tenant_id ON responses (tenant_id);

CREATE INDEX ix_responses_turn_id ON responses (turn_id);

CREATE TABLE chunk_vectors (
	chunk_id BIGINT NOT NULL,
	fingerprint VARCHAR(64) COLLATE "C" NOT NULL,
	tenant_id VARCHAR(64) COLLATE "C" NOT NULL,
	vector BYTEA NOT NULL,
	CONSTRAINT pk_chunk_vectors PRIMARY KEY (chunk_id, fingerprint),
	CONSTRAINT fk_chunk_vectors_chunk_id_chunks FOREIGN KEY(chunk_id) REFERENCES chunks (id) ON DELETE CASCADE,
	CONSTRAINT fk_chunk_vectors_tenant_id_tenants FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
);

CREATE INDEX ix_chunk_vectors_tenant_id ON chunk_vectors (tenant_id);

CREATE TABLE vector_indexes (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id varchar(64) NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    fingerprint varchar(64) NOT NULL,
    dimension integer NOT NULL,
    vectors bigint NOT NULL DEFAULT 0,
    partition integer NOT NULL DEFAULT 0,
    UNIQUE (tenant_id, fingerprint)
);

CREATE TABLE indexed_vectors (
    partition integer NOT NULL,
    index_id integer NOT NULL,
    chunk_id bigint NOT NULL,
    vector halfvec NOT NULL,
    PRIMARY KEY (partition, index_id, chunk_id)
) PARTITION BY LIST (partition);

CREATE TABLE indexed_vectors_0 PARTITION OF indexed_vectors FOR VALUES IN (0);

ALTER TABLE indexed_vectors ALTER COLUMN vector SET STORAGE MAIN;

CREATE FUNCTION delete_indexed_vectors() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM indexed_vectors WHERE partition = OLD.partition AND index_id = OLD.id;
    RETURN NULL;
END
$$;

CREATE TRIGGER delete_indexed_vectors AFTER DELETE ON vector_indexes
FOR EACH ROW EXECUTE FUNCTION delete_indexed_vectors();
