/** The members of the Data API's answers that the console reads. */

export type Status = 'SUBMITTED' | 'PICKED' | 'STARTED' | 'FINISHED' | 'FAILED' | 'ABORTED';

export interface Submitted {
  Id: string;
  SessionId?: string;
}

export interface Described {
  Id: string;
  Status: Status;
  Duration: number;
  RedshiftPid: number;
  HasResultSet: boolean;
  ResultRows: number;
  ResultSize: number;
  Error?: string;
}

export interface ColumnMetadata {
  name: string;
  typeName: string;
  precision: number;
  scale: number;
  length: number;
}

export type Row = readonly (string | null)[];

export interface Page {
  ColumnMetadata: ColumnMetadata[];
  TotalNumRows: number;
  FirstRow: number;
  Records: Row[];
}
