import { inLanguage } from "../i18n";

/** Every text on the state of the service, in English. */
const en = {
  lead: "What the service says of itself.",
  ready: "The service is ready.",
  notReady: (names: string) => `The service is not ready for new requests: ${names}.`,
  notReadyMeaning: "Nothing is lost. Where several processes serve, new requests go to the others until this is mended; here they are still tried.",
  help: {
    schema: "The database is that of an earlier version: what this version added to it does not work yet. Whoever runs the service brings it up to date (“loracle migrate”).",
    database: "Documents, conversations and ratings cannot be saved. Whoever runs the service looks at the database and its disk.",
    index: "The newest documents may be missing from answers; all others are found. This mends itself; whoever runs the service restarts it if it lasts for minutes.",
    models: "Questions cannot be answered; documents can be opened. Whoever runs the service looks which model is missing (“Check now”).",
    disk: "Soon no documents can be added; answers go on. Whoever runs the machine makes room in the data folder.",
    draining: "The service is being stopped or restarted: answers that have begun are finished. There is nothing to do.",
  } as Record<string, string>,
  checks: { schema: "Schema", database: "Database", index: "Index", models: "Models", disk: "Disk", draining: "Draining" } as Record<string, string>,
  ok: "in order",
  warnings: "Warnings",
  models: "Models",
  modelsLead: "What clients of OpenAI can name.",
  figures: "Figures",
  figuresLead: "The same as Prometheus reads at /metrics.",
  doctor: "Check everything",
  doctorLead: "What “loracle doctor” checks: machine, memory, disk, the files of the models, database, adapters, sign-in. It changes nothing, and takes some seconds.",
  check: "Check now",
  checking: "Checking …",
  allWell: "Everything is in order.",
  wrong: (names: string) => `Not in order: ${names}.`,
  readyAllTheSame: "The service is ready all the same: that says only that it can answer now. This check also finds what may fail at the next start, or later.",
  findings: {
    memory: "Answers may become slow. Whoever runs the machine ends other programs, or chooses a smaller model.",
    disk: "Soon no documents can be added; answers go on. Whoever runs the machine makes room in the data folder.",
    data: "The next start may fail, or data may be lost. Whoever runs the machine does what the line says.",
    OCR: "Scanned pages and pictures are not read; other documents are. Whoever runs the machine does what the line says.",
    model: "What is in memory answers on; the next start may fail. Whoever runs the service does what the line says.",
    database: "It belongs to another version of Loracle, or cannot be written to. While the service is ready, questions and documents go on. Whoever runs the service brings database and processes to one version.",
  } as Record<string, string>,
};

/** The same in Portuguese. */
const pt: typeof en = {
  lead: "O que o serviço diz de si.",
  ready: "O serviço está pronto.",
  notReady: (names) => `O serviço não está pronto para novos pedidos: ${names}.`,
  notReadyMeaning: "Nada se perde. Onde servem vários processos, os novos pedidos vão para os outros até isto se resolver; aqui ainda se tentam.",
  help: {
    schema: "A base de dados é a de uma versão anterior: o que esta versão lhe juntou ainda não funciona. Quem mantém o serviço atualiza-a (“loracle migrate”).",
    database: "Não se podem guardar documentos, conversas nem avaliações. Quem mantém o serviço vê a base de dados e o disco.",
    index: "Os documentos mais novos podem faltar nas respostas; os outros encontram-se. Resolve-se por si; se durar minutos, quem mantém o serviço reinicia-o.",
    models: "Não se pode responder a perguntas; os documentos abrem-se. Quem mantém o serviço vê que modelo falta (“Verificar agora”).",
    disk: "Em breve não se podem juntar documentos; as respostas continuam. Quem mantém a máquina liberta espaço na pasta de dados.",
    draining: "O serviço está a parar ou a reiniciar: as respostas já começadas acabam. Não há nada a fazer.",
  },
  checks: { schema: "Esquema", database: "Base de dados", index: "Índice", models: "Modelos", disk: "Disco", draining: "A terminar" },
  ok: "em ordem",
  warnings: "Avisos",
  models: "Modelos",
  modelsLead: "O que os clientes da OpenAI podem nomear.",
  figures: "Valores",
  figuresLead: "Os mesmos que o Prometheus lê em /metrics.",
  doctor: "Verificar tudo",
  doctorLead: "O que “loracle doctor” verifica: máquina, memória, disco, ficheiros dos modelos, base de dados, adaptadores, entrada. Não muda nada, e demora alguns segundos.",
  check: "Verificar agora",
  checking: "A verificar …",
  allWell: "Está tudo em ordem.",
  wrong: (names) => `Não está em ordem: ${names}.`,
  readyAllTheSame: "O serviço está pronto na mesma: isso só diz que pode responder agora. Esta verificação também encontra o que pode falhar no próximo arranque, ou mais tarde.",
  findings: {
    memory: "As respostas podem ficar lentas. Quem mantém a máquina fecha outros programas, ou escolhe um modelo menor.",
    disk: "Em breve não se podem juntar documentos; as respostas continuam. Quem mantém a máquina liberta espaço na pasta de dados.",
    data: "O próximo arranque pode falhar, ou podem perder-se dados. Quem mantém a máquina faz o que a linha diz.",
    OCR: "Páginas digitalizadas e imagens não se leem; os outros documentos sim. Quem mantém a máquina faz o que a linha diz.",
    model: "O que está na memória continua a responder; o próximo arranque pode falhar. Quem mantém o serviço faz o que a linha diz.",
    database: "É de outra versão do Loracle, ou não se pode escrever nela. Enquanto o serviço está pronto, perguntas e documentos continuam. Quem mantém o serviço põe a base de dados e os processos na mesma versão.",
  },
};

export const words = inLanguage({ en, pt });
