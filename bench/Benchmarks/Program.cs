using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Benchmarks;

// The benchmarks run in process: the classes hold no state between runs, and a generated project would lack this repository's build settings.
var job = Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance);
BenchmarkSwitcher.FromAssembly(typeof(MatchingBenchmarks).Assembly).Run(args, DefaultConfig.Instance.AddJob(job.AsDefault()));
