using Showcase;
using Showcase.Hosting;
using Showcase.Judge.Worker;
using Showcase.Lab.Report;

if (args is [JudgeWorker.Argument]) return JudgeWorker.Run();

ShowcaseOptions options;
try
{
    options = ShowcaseOptions.Parse(args);
}
catch (FormatException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}

if (options.ShowHelp)
{
    Console.WriteLine(ShowcaseOptions.Help);
    return 0;
}

if (DescriptorLimit.Problem() is { } problem)
{
    Console.Error.WriteLine(problem);
    return 1;
}

if (options.LabReport) return await LabReport.RunAsync(options);

return await ShowcaseHost.RunShowcaseAsync(() => ShowcaseApp.Build(options));
