namespace Tools.Tests;

/// <summary>A script that cannot do its work reports why in one sentence.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ScriptTests : IDisposable
{
    // What the scripts need of the system before they look for .NET and Node.
    private static readonly string[] Basics = ["bash", "dirname", "sed", "basename", "ls"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("duplex-path-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("run")]
    [InlineData("test")]
    public async Task Missing_sdk_is_named(string script) => await WithProgramsAsync("The .NET 10 SDK is missing", script);

    [Theory]
    [InlineData("run")]
    [InlineData("test")]
    public async Task Sdk_that_is_too_old_is_named(string script)
    {
        Fake("dotnet", "echo 8.0.100");
        await WithProgramsAsync("The .NET 10 SDK is needed; found 8.0.100", script);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("test")]
    public async Task Missing_node_is_named(string script)
    {
        Fake("dotnet", "echo 10.0.100");
        await WithProgramsAsync("Node.js 20 or later is missing", script);
    }

    [Theory]
    [InlineData("bench/compare")]
    [InlineData("bench/soak")]
    [InlineData("bench/abuse")]
    [InlineData("bench/judge")]
    [InlineData("bench/pages")]
    [InlineData("bench/before-after")]
    [InlineData("bench/pad")]
    [InlineData("bench/comets")]
    [InlineData("bench/sports")]
    public async Task Measuring_without_node_is_named(string script) => await WithProgramsAsync("Node.js 20 or later is missing", script);

    [Theory]
    [InlineData("bench/compare")]
    [InlineData("bench/soak")]
    [InlineData("bench/abuse")]
    [InlineData("bench/judge")]
    [InlineData("bench/pages")]
    [InlineData("bench/pad")]
    [InlineData("bench/comets")]
    [InlineData("bench/sports")]
    public async Task Measuring_without_the_sdk_is_named(string script)
    {
        // Its own node, beside which there is no dotnet; the building line is progress and no fault.
        var node = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(static folder => Path.Combine(folder, "node")).First(File.Exists);
        Fake("node", $"exec '{node}' \"$@\" 2> >(sed '/^building /d' >&2)");
        await WithProgramsAsync("The .NET 10 SDK is missing", script);
    }

    [Theory]
    [InlineData("./test", "--fast is no option", "--fast")]
    [InlineData("./test", "--lanes is a whole number from 1 to 99, not \"many\"", "--lanes", "many")]
    [InlineData(".ci/lock-files", "--fast is no option", "--fast")]
    [InlineData("./test", "No test project has a name that contains \"Nothing\"", "Nothing")]
    [InlineData("tests/conformance-report", "There is no file /nowhere", "/nowhere")]
    [InlineData("bench/compare", "There is no workload nothing", "--only", "nothing")]
    [InlineData("bench/compare", "There is no server nothing", "--servers", "nothing")]
    [InlineData("bench/compare", "--rounds is a whole number, not \"x\"", "--rounds", "x")]
    [InlineData("bench/compare", "--speed is no option", "--speed", "9")]
    [InlineData("bench/compare", "--rounds has no value", "--rounds")]
    [InlineData("bench/before-after", "--commit is missing")]
    [InlineData("bench/before-after", "There is no workload idle", "--commit", "HEAD", "--only", "idle")]
    [InlineData("bench/before-after", "There is no server ws", "--commit", "HEAD", "--servers", "ws")]
    [InlineData("bench/soak", "--server is one of uring, epoll, kestrel, not \"ws\"", "--server", "ws")]
    [InlineData("bench/soak", "--connections is a whole number", "--connections", "many")]
    [InlineData("bench/abuse", "--pin is yes or no", "--pin", "maybe")]
    [InlineData("bench/abuse", "--speed is no option", "--speed", "9")]
    [InlineData("bench/judge", "--people is 1 to 100", "--people", "0")]
    [InlineData("bench/judge", "--speed is no option", "--speed", "9")]
    [InlineData("bench/pages", "--rounds and --seconds are at least 1", "--rounds", "0")]
    [InlineData("bench/pages", "--speed is no option", "--speed", "9")]
    [InlineData("bench/pad", "--writers is a whole number", "--writers", "many")]
    [InlineData("bench/comets", "--pilots is a whole number", "--pilots", "many")]
    [InlineData("bench/sports", "--viewers is a whole number", "--viewers", "many")]
    [InlineData("bench/sports", "--viewers and --goals are at least 1", "--goals", "0")]
    public async Task Wrong_option_is_named(string script, string sentence, params string[] args) =>
        await Tool.ShouldFailAsync(2, sentence, [Repository.PathOf(script), .. args]);

    [Theory]
    [InlineData("bench/compare")]
    [InlineData("bench/soak")]
    [InlineData("bench/abuse")]
    [InlineData("bench/judge")]
    [InlineData("bench/pages")]
    public async Task Page_that_cannot_be_written_is_named_before_the_work(string script)
    {
        var file = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        await Tool.ShouldFailAsync(1, $"--out: {file}/page.md cannot be written", Repository.PathOf(script), "--out", $"{file}/page.md");
    }

    [Theory]
    [InlineData("bench/abuse")]
    [InlineData("bench/judge")]
    [InlineData("bench/pages")]
    [InlineData("bench/pad")]
    [InlineData("bench/comets")]
    [InlineData("bench/sports")]
    public async Task Server_that_is_missing_is_named(string script) =>
        await Tool.ShouldFailAsync(1, "--server: there is no file /nowhere", Repository.PathOf(script), "--server", "/nowhere");

    private async Task WithProgramsAsync(string sentence, string script)
    {
        foreach (var name in Basics)
        {
            var file = Path.Combine("/usr/bin", name);
            File.CreateSymbolicLink(Path.Combine(_folder.FullName, name), file);
        }

        await Tool.ShouldFailAsync(1, sentence, _folder.FullName, ["/bin/bash", Repository.PathOf(script)]);
    }

    private void Fake(string name, string body)
    {
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, $"#!/bin/bash\n{body}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }
}
