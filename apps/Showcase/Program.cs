using Showcase;
using Showcase.Hosting;

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

return await ShowcaseHost.RunShowcaseAsync(() => ShowcaseApp.Build(options));
