"""Every status, kind and state that is stored or sent, as one enum for each noun. The database holds the plain text."""

from __future__ import annotations

from enum import StrEnum


class TenantStatus(StrEnum):
    ACTIVE = "active"  # its keys work
    SUSPENDED = "suspended"  # its keys fail everywhere


class Scope(StrEnum):
    READ = "read"  # search, chat, list
    WRITE = "write"  # upload, train, activate, delete
    ADMIN = "admin"  # the operator: tenants and keys


class DocumentStatus(StrEnum):
    QUEUED = "queued"  # its job waits for a worker
    PARSING = "parsing"  # the file is read into text
    CHUNKING = "chunking"  # the text is split into chunks
    EMBEDDING = "embedding"  # the chunks get their vectors
    READY = "ready"  # the version can be found
    FAILED = "failed"  # it ended with an error
    CANCELLED = "cancelled"  # it was stopped on request


FINAL_DOCUMENT = frozenset({DocumentStatus.READY, DocumentStatus.FAILED, DocumentStatus.CANCELLED})
UNFINISHED_DOCUMENT = frozenset(DocumentStatus) - FINAL_DOCUMENT


class StageUnit(StrEnum):
    PAGES = "pages"  # counted while a file is parsed
    CHUNKS = "chunks"  # counted while chunks are embedded


class ChangeKind(StrEnum):
    ADD = "add"  # chunks became findable, or have other vectors
    REMOVE = "remove"  # chunks are findable no more


class JobKind(StrEnum):
    INGEST = "ingest"  # makes a new document version findable
    REINDEX = "reindex"  # makes the chunks of a live version anew
    REEMBED = "reembed"  # adds vectors of another model beside those of a live version
    EVALUATE = "evaluate"  # answers a tenant's own questions and scores the answers
    EVALUATE_ADAPTER = "evaluate_adapter"  # compares an adapter version with what it would replace
    TRAIN = "train"  # trains an adapter


PARSING_JOBS = (JobKind.INGEST, JobKind.REINDEX)
DOCUMENT_JOBS = (*PARSING_JOBS, JobKind.REEMBED)  # new documents come before old ones that are made anew


class JobStatus(StrEnum):
    QUEUED = "queued"  # waits for a worker
    RUNNING = "running"  # a worker holds its lease
    SUCCEEDED = "succeeded"  # ended well
    FAILED = "failed"  # ended with an error, no further try
    CANCELLED = "cancelled"  # ended on request


FINAL_JOB = frozenset({JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.CANCELLED})
UNFINISHED_JOB = frozenset(JobStatus) - FINAL_JOB


class TrainingStatus(StrEnum):
    QUEUED = "queued"  # its job waits for a worker
    VALIDATING_FILES = "validating_files"  # the rows are checked
    RUNNING = "running"  # trials or steps are under way
    SUCCEEDED = "succeeded"  # the adapter is registered
    FAILED = "failed"  # it ended with an error
    CANCELLED = "cancelled"  # it was stopped on request


FINAL_TRAINING = frozenset({TrainingStatus.SUCCEEDED, TrainingStatus.FAILED, TrainingStatus.CANCELLED})
RESUMABLE_TRAINING = FINAL_TRAINING - {TrainingStatus.SUCCEEDED}


class TrainingEventKind(StrEnum):
    """Events that the repository records; a running training adds kinds of its own."""

    QUEUED = "queued"  # created, or resumed on request
    WAITING = "waiting"  # interrupted, and queued again
    SUCCEEDED = "succeeded"  # the adapter is registered
    FAILED = "failed"  # it ended with an error
    CANCELLED = "cancelled"  # it was stopped on request


class SearchTrialStatus(StrEnum):
    WAITING = "waiting"  # has not been trained yet
    PAUSED = "paused"  # trained up to a comparison
    STOPPED = "stopped"  # left out after a comparison
    DIVERGED = "diverged"  # its loss is no number
    CHOSEN = "chosen"  # the best: trained to its end


ENDED_SEARCH_TRIAL = frozenset({SearchTrialStatus.STOPPED, SearchTrialStatus.DIVERGED, SearchTrialStatus.CHOSEN})


class AdapterOrigin(StrEnum):
    UPLOAD = "upload"  # a tenant's file
    TRAINING = "training"  # a training here
    COMPRESSION = "compression"  # another version at a lower rank
    MERGE = "merge"  # a weighted sum of other versions
    STARTER = "starter"  # shipped with the service


class DatasetOrigin(StrEnum):
    UPLOAD = "upload"  # a tenant's file
    DOCUMENTS = "documents"  # questions made from documents
    FEEDBACK = "feedback"  # answers that users rated or corrected


class EvaluationSide(StrEnum):
    INCUMBENT = "incumbent"  # what answers now
    CANDIDATE = "candidate"  # the adapter version that would replace it


class GateVerdict(StrEnum):
    BETTER = "better"  # the candidate's F1 is higher for certain
    NOT_WORSE = "not worse"  # a relevant loss is ruled out
    INCONCLUSIVE = "inconclusive"  # the questions are too few to decide
    WORSE = "worse"  # the candidate's F1 is lower, or a check failed


PASSING = frozenset({GateVerdict.BETTER, GateVerdict.NOT_WORSE})  # let an adapter answer
NOT_REJECTED = PASSING | {GateVerdict.INCONCLUSIVE}  # let an adapter answer a share of requests


class Rating(StrEnum):
    UP = "up"  # a good answer
    DOWN = "down"  # a bad answer
