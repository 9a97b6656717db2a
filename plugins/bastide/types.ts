/** Type tokens, as they stand in state files and in front of the judge. */
export const KEY_TYPE = "bastide:keymanager:Key";
export const EXPORT_JOB_TYPE = "bastide:audittrail:ExportJob";
