"""All settings, from LORACLE_* environment variables and `.env`."""

from __future__ import annotations

import json
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, WithJsonSchema
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


def _number_or_word(value: object) -> object:
    """A number of the environment, which is text there, as an int; anything else unchanged, for the type to check."""
    return int(value) if isinstance(value, str) and value.isdecimal() else value


def _listed(value: object) -> object:
    """Text of the environment, a JSON list or words between commas, as a list; anything else unchanged."""
    if not isinstance(value, str):
        return value
    if value.lstrip().startswith("["):
        return json.loads(value)
    return [word.strip() for word in value.split(",") if word.strip()]


def _listed_or_auto(value: object) -> object:
    """As `_listed`, but the word "auto" stays one."""
    return value if value == "auto" else _listed(value)


def _mapped(value: object) -> object:
    """Text of the environment, a JSON object, as a dict; anything else unchanged."""
    return json.loads(value) if isinstance(value, str) else value


def _network(text: str) -> str:
    """Raises ValueError if it is no address, no network and not `*`."""
    if text != "*":
        ip_network(text)
    return text


BlockSize = Annotated[Literal["auto", 32, 64, 128, 256, 512], BeforeValidator(_number_or_word)]
Words = Annotated[list[str], NoDecode, BeforeValidator(_listed)]
LayerNames = list[Annotated[str, Field(pattern=r"^\w+$")]]
LayersOrAuto = Annotated[Literal["auto"] | LayerNames, NoDecode, BeforeValidator(_listed_or_auto)]
Network = Annotated[str, AfterValidator(_network), WithJsonSchema({"type": "string", "format": "network"})]
Networks = Annotated[list[Network], NoDecode, BeforeValidator(_listed)]
Names = Annotated[dict[str, str], NoDecode, BeforeValidator(_mapped)]


class Settings(BaseSettings):
    """Read once, at an entry point. Only the bootstrap passes its values on. Documented in `.env.example`."""

    model_config = SettingsConfigDict(
        env_prefix="LORACLE_", env_file=".env", extra="ignore", frozen=True, allow_inf_nan=False
    )

    # Folders and database
    data_dir: Path = Path("data")
    models_dir: Path = Path("~/.cache/loracle/models")
    database_url: str = Field("", repr=False)  # empty: SQLite in data_dir; it may hold a password
    data_group_reads: bool = False  # may the group of the data folder read it, such as vLLM under another account?
    database_pool_size: int = Field(8, ge=1)  # connections a process keeps; as many again while it is busy

    # Files: uploads, rows to train on, adapters
    blob_store: Literal["local", "s3"] = "local"  # local: in data_dir
    s3_bucket: str = ""
    s3_prefix: str = Field("", pattern=r"^([\w.-]+(/[\w.-]+)*)?$")  # before every key in the bucket
    s3_endpoint_url: str = ""  # of a service other than Amazon's
    s3_region: str = ""
    s3_access_key_id: str = ""  # empty: as the client's own configuration says (environment, profile, role)
    s3_secret_access_key: SecretStr = SecretStr("")
    s3_timeout_s: float = Field(10.0, gt=0)  # for each answer
    s3_cache_bytes: int = Field(4 * 2**30, ge=0)  # of uploaded files on this machine's disk; of adapters as much again
    s3_presigned: bool = False  # are downloads redirected to signed URLs of the storage?
    s3_public_endpoint_url: str = ""  # in those URLs; empty: the same endpoint

    # HTTP
    host: str = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65535)
    root_path: str = Field("", pattern=r"^(/[\w.~-]+)*$")  # that a proxy puts before every address and removes again
    trusted_proxies: Networks = ["127.0.0.1", "::1"]  # addresses and networks whose X-Forwarded-For is believed; *: all
    max_upload_bytes: int = Field(64 * 2**20, ge=1024)
    max_batch_bytes: int = Field(2**30, ge=1024)  # of one batch upload
    max_body_bytes: int = Field(2 * 2**20, ge=1024)
    header_timeout_s: float = Field(20.0, gt=0)  # for a client to send the whole head of a request
    body_timeout_s: float = Field(30.0, gt=0)  # to send a body, plus a second for each KiB of it
    write_timeout_s: float = Field(60.0, gt=0)  # to take what is ready of its answer
    idle_timeout_s: float = Field(75.0, gt=0)  # between two requests; longer than clients and proxies keep a connection
    max_connections: int = Field(2000, ge=1)  # at once; fewer where the limit on open files is low
    max_connections_per_address: int = Field(256, ge=0)  # 0: no limit of their own
    # Limits a minute, for tenants without limits of their own; 0: none
    tenant_requests_per_minute: int = Field(30_000, ge=0)
    tenant_tokens_per_minute: int = Field(2_000_000, ge=0)
    tenant_uploads_per_minute: int = Field(30_000, ge=0)
    key_requests_per_minute: int = Field(0, ge=0)  # of each key; its tenant's limit holds too
    key_tokens_per_minute: int = Field(0, ge=0)
    key_uploads_per_minute: int = Field(0, ge=0)
    token_requests_per_minute: int = Field(600, ge=0)  # of each token that a key made
    token_tokens_per_minute: int = Field(100_000, ge=0)
    token_uploads_per_minute: int = Field(60, ge=0)
    # Limits a day, and what a tenant may have, for tenants without limits of their own; 0: none
    tenant_requests_per_day: int = Field(0, ge=0)
    tenant_tokens_per_day: int = Field(0, ge=0)
    tenant_stored_bytes: int = Field(10 * 2**30, ge=0)  # of uploaded files, rows to train on and adapters
    tenant_documents: int = Field(100_000, ge=0)
    tenant_chunks: int = Field(1_000_000, ge=0)
    tenant_adapters: int = Field(200, ge=0)  # versions, without the built-in ones
    tenant_datasets: int = Field(1000, ge=0)  # versions
    tenant_queued_documents: int = Field(20_000, ge=0)  # that wait or are being read
    tenant_queued_trainings: int = Field(50, ge=0)  # that wait or run
    tenant_queued_evaluations: int = Field(50, ge=0)  # of questions and of adapters
    # At work at once in one process; others wait their turn
    concurrent_reads: int = Field(8, ge=2)
    concurrent_writes: int = Field(6, ge=2)
    concurrent_searches: int = Field(0, ge=0)  # and other work of a processor; 0: as many as there are cores
    concurrent_fetches: int = Field(8, ge=2)  # of documents from URLs
    concurrent_downloads: int = Field(64, ge=2)
    event_streams: int = Field(1000, ge=2)
    tenant_share: float = Field(0.5, gt=0, le=1)  # of these places that one tenant may have
    key_share: float = Field(0.75, gt=0, le=1)  # of its tenant's, that one key or token may have
    tenant_waiting_requests: int = Field(64, ge=0)  # of each kind, beyond which requests are refused
    longest_wait_s: float = Field(10.0, ge=0)
    cors_origins: Words = []
    metrics_key: SecretStr = SecretStr("")  # that /metrics wants; empty: none
    metrics_port: int = Field(0, ge=0, le=65535)  # of its own for /metrics, which is nowhere else then; 0: none
    metrics_host: str = "127.0.0.1"  # address that this port listens on
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["json", "console"] = "json"
    audit_days: int = Field(400, ge=0, le=36_500)  # that entries of the audit log are kept; 0: for ever

    # Sign-in by OpenID Connect
    public_url: str = ""  # of the page, as browsers open it
    oidc_issuer: str = ""  # empty: people sign in by a key alone
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")  # empty: a public client
    oidc_name: str = ""  # on the page's button; empty: the issuer's host
    oidc_scopes: str = "openid profile email"
    oidc_tenant: str = ""  # whose people these are; empty: `oidc_tenant_claim` says so
    oidc_tenant_claim: str = ""
    oidc_user_claim: str = "sub"
    oidc_groups_claim: str = "groups"
    oidc_readers: Words = []  # groups that may ask; *: everybody
    oidc_writers: Words = []  # groups that may also change documents
    oidc_access_groups: Names = {}  # group of the issuer -> group of access lists; empty: they are the same
    oidc_session_s: int = Field(8 * 3600, ge=60, le=24 * 3600)
    oidc_timeout_s: float = Field(10.0, gt=0)  # for each answer of the issuer

    # Models
    base_model: str = "qwen2.5-coder-0.5b-instruct"
    embedding_model: str = "multilingual-e5-small-en-pt"
    word_vectors: str = ""  # a source of static word vectors; empty: the embedding model's own table
    quantization: Literal["nf4", "fp4", "int8", "none"] = "nf4"
    quantization_block_size: BlockSize = "auto"  # auto: as the catalogue says for the model, 32 for any other
    double_quantization: bool = True
    keep_in_bf16: LayersOrAuto = "auto"  # auto: as the catalogue says for the model
    compute_dtype: Literal["auto", "bfloat16", "float16", "float32"] = "auto"
    dense_weights_bytes: int = Field(256 * 2**20, ge=0)  # for dense copies of 4-bit layers, which run faster
    integer_products: Literal["auto", "on", "off"] = "auto"  # quantise activations to 7 bits: where it is faster
    device: Literal["auto", "cpu", "cuda"] = "auto"
    threads: int = Field(0, ge=0)  # 0: as many as there are cores

    # Generation
    generator: Literal["local", "vllm", "openai", "scripted"] = "local"
    context_tokens: int = Field(2048, ge=256)  # prompt and answer together
    max_answer_tokens: int = Field(512, ge=1)
    queue_size: int = Field(64, ge=1)  # whole service
    tenant_queue_size: int = Field(8, ge=1)
    kv_cache_bytes: int = Field(256 * 2**20, ge=2**20)  # keys and values of running and recent answers
    request_timeout_s: float = Field(120.0, gt=0)
    read_timeout_s: float = Field(30.0, gt=0)  # of one read of the database for a request

    # Generation on vLLM
    vllm_urls: Words = []  # of the replicas, all of the same base model
    vllm_key: SecretStr = SecretStr("")
    vllm_model: str = ""  # served name or root that each replica must have; empty: as the first one to answer
    vllm_quantization: str = "none"  # of the base there: adapters are evaluated on what answers
    vllm_adapters: Literal["load", "resolve"] = "load"  # resolve: the plugin loracle-vllm fetches them
    vllm_adapters_dir: str = ""  # the folder `adapters`, as the replicas see it; empty: as this process does
    vllm_max_loras: int = Field(8, ge=1)  # of --max-loras: adapters at once on one replica
    vllm_replica_requests: int = Field(32, ge=1)  # under way on one replica, above which another one is chosen
    vllm_check_s: float = Field(2.0, gt=0)  # between two checks of a replica
    vllm_stall_s: float = Field(60.0, gt=0)  # longest time until the first token, and between two
    vllm_wait_s: float = Field(10.0, ge=0)  # of a request, for a replica to come back
    vllm_cache_secret: SecretStr = SecretStr("")  # keeps tenants' cached prompts apart; empty: a new one at each start

    # Generation on a server with OpenAI's chat completions
    openai_url: str = ""  # up to /v1
    openai_model: str = ""
    openai_key: SecretStr = SecretStr("")

    # Embeddings of a server: LORACLE_EMBEDDING_MODEL=openai:<model>
    embeddings_url: str = ""  # up to /v1; empty: as openai_url
    embeddings_key: SecretStr = SecretStr("")
    embeddings_query_prefix: str = ""  # that the model wants before questions, as "query: "
    embeddings_passage_prefix: str = ""
    embeddings_max_tokens: int = Field(480, ge=32)  # longer texts are cut
    embeddings_timeout_s: float = Field(30.0, gt=0)

    # Processes
    node_name: str = Field("", max_length=200)  # of this machine among others; empty: its host name
    worker_in_process: bool = True  # does `serve` take in documents and deliver webhooks, or does `worker`?
    trainer_in_process: bool = True  # does `serve` train and evaluate, or does `trainer`?
    drain_delay_s: float = Field(0.0, ge=0)  # from "not ready" until `serve` takes no more connections
    drain_s: float = Field(30.0, ge=1)  # then, for the answers and jobs at work

    # Ingestion
    chunk_tokens: int = Field(200, ge=32, le=480)
    section_tokens: int = Field(300, ge=0, le=4000)  # of the text around a retrieved chunk that the model reads
    chunk_overlap_tokens: int = Field(40, ge=0, le=200)
    keep_versions: int = Field(-1, ge=-1)  # previous versions of each document that are kept; -1: all
    url_ingestion: bool = False  # may tenants have documents fetched from public URLs?
    url_timeout_s: float = Field(30.0, gt=0)
    parser_memory_mb: int = Field(512, ge=64)
    parser_timeout_s: float = Field(20.0, gt=0)
    parser_isolation: Literal["required", "best-effort"] = "required"  # from the network
    max_pages: int = Field(2000, ge=1)
    max_text_chars: int = Field(20_000_000, ge=1000)
    max_table_cells: int = Field(2_000_000, ge=1000)
    max_unpacked_bytes: int = Field(256 * 2**20, ge=2**20)  # of an archive or an Office file, nested files included
    max_archive_members: int = Field(2000, ge=1)
    max_image_pixels: int = Field(100_000_000, ge=10_000)
    page_cache_bytes: int = Field(256 * 2**20, ge=0)  # of images and words of pages; 0: nothing is kept
    ocr_languages: str = Field("eng+por", pattern=r"^([A-Za-z_]+(\+[A-Za-z_]+)*)?$")  # tesseract's names; empty: no OCR
    ocr_max_pages: int = Field(100, ge=1)
    ocr_page_timeout_s: float = Field(30.0, gt=0)
    webhooks: bool = True  # may tenants have events sent to public URLs?
    webhook_timeout_s: float = Field(10.0, gt=0)
    job_lease_s: float = Field(60.0, gt=0)
    job_heartbeat_s: float = Field(10.0, gt=0)
    job_max_attempts: int = Field(3, ge=1)

    # Index
    vector_index: Literal["auto", "faiss", "pgvector"] = "auto"  # auto: pgvector on PostgreSQL, FAISS on SQLite
    pgvector_exact_vectors: int = Field(20_000, ge=100)  # of a tenant; above it, an HNSW index in its own partition
    index_exact_vectors: int = Field(100_000, ge=1000)  # of a tenant; above it, an approximate index
    index_memory_bytes: int = Field(2**30, ge=2**20)

    # Retrieval and answers
    reranker: str = ""  # a source: hf:<repository>@<revision> or path:<folder>; empty for none
    top_k: int = Field(4, ge=1, le=50)
    refusal_threshold: float = Field(0.32, ge=0, le=1)

    # Adapters
    # require: an adapter answers only after a passed evaluation, or with a reason
    adapter_gate: Literal["require", "advise"] = "require"
    starter_adapter: str = "grounded-qa"  # answers tenants that activated nothing; empty: the plain base model does
    adapter_max_rank: int = Field(64, ge=1)
    adapter_max_bytes: int = Field(256 * 2**20, ge=1024)
    adapter_cache_bytes: int = Field(512 * 2**20, ge=0)
    adapter_host_cache_bytes: int = Field(2 * 2**30, ge=0)  # beside a GPU, in main memory

    # Training
    training_memory_mb: int = Field(4096, ge=256)  # of the training process
    training_timeout_s: float = Field(6 * 3600.0, gt=0)
    training_threads: int = Field(0, ge=0)  # 0: all cores, one thread while others need them
    training_dataset_bytes: int = Field(16 * 2**20, ge=1024)
    training_row_tokens: int = Field(2048, ge=64)  # of the longest row, prompt included
