export interface Problem {
  id: string;
  title: string;
  text: string;
  starter: string;
  tests: number;
  samples: { input: string; expected: string }[];
}

export interface ProblemsReply {
  problems: Problem[];
  isOn: boolean;
  state: string;
}

/** The fastest accepted program of a person. */
export interface Best {
  name: string;
  ms: number;
}
