import "./shell/app";
