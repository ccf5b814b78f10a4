using System.Diagnostics;
using System.Text.Json;

namespace Tools.Tests;

/// <summary>The script that runs the test projects, in a checkout whose projects are scripts.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class TestScriptTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("duplex-lanes-");
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(1));

    public TestScriptTests()
    {
        Write("test", File.ReadAllText(Repository.PathOf("test")));
        Write("tests/install", "#!/bin/bash\n");
        Write("programs/dotnet", "#!/bin/bash\necho 10.0.100\n");
    }

    private CancellationToken Token => _limit.Token;

    public void Dispose()
    {
        _limit.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Projects_run_side_by_side_and_their_output_is_not_mixed()
    {
        // Each waits for the other between its two lines.
        Project("One", "mkfifo one; echo one begins; until [ -p two ]; do :; done; echo > two; read < one; echo one ends", passed: 2);
        Project("Two", "mkfifo two; echo two begins; until [ -p one ]; do :; done; read < two; echo > one; echo two ends", passed: 3);

        var (exitCode, output) = await RunAsync("--lanes", "2", "One", "Two");

        Assert.Equal(0, exitCode);
        Assert.Contains("one begins\none ends\n", output, StringComparison.Ordinal);
        Assert.Contains("two begins\ntwo ends\n", output, StringComparison.Ordinal);
        Assert.EndsWith("\n5 passed, 0 failed, 0 skipped\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_lane_runs_one_project_at_a_time()
    {
        Project("One", "echo one runs", passed: 1);
        Project("Two", "echo two runs", passed: 1);

        var (_, output) = await RunAsync("--lanes", "1", "One", "Two");

        string[] events = ["One starts.", "one runs", "Two starts.", "two runs"];
        Assert.Equal(events, output.Split('\n').Where(events.Contains));
    }

    [Fact]
    public async Task Project_that_fails_is_named_and_fails_the_run()
    {
        Project("One", "exit 1", passed: 1, failed: 2);
        Project("Two", "echo two runs", passed: 4);

        var (exitCode, output) = await RunAsync("One", "Two");

        Assert.Equal(1, exitCode);
        Assert.Contains("two runs", output, StringComparison.Ordinal);
        Assert.EndsWith(
            "Failed: One\n\nFAILED One: test 1\n  It is wrong.\nFAILED One: test 2\n  It is wrong.\n5 passed, 2 failed, 0 skipped\n",
            output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task Signal_ends_every_project_and_what_it_started(string signal, int exitCode)
    {
        Project("One", "sleep infinity & echo $! > one.started; mv one.started one.child; wait", passed: 1);
        Project("Two", "sleep infinity & echo $! > two.started; mv two.started two.child; wait", passed: 1);
        using var watcher = new FileSystemWatcher(_folder.FullName, "*.child") { EnableRaisingEvents = true };
        using var started = new CountdownEvent(2);
        watcher.Renamed += (_, _) => started.Signal();

        using var run = Start("--lanes", "2", "One", "Two");
        var output = run.StandardOutput.ReadToEndAsync(Token);
        started.Wait(Token);
        using (var kill = Process.Start("kill", [$"-{signal}", $"{run.Id}"])) await kill.WaitForExitAsync(Token);
        await run.WaitForExitAsync(Token);

        Assert.Equal(exitCode, run.ExitCode);
        foreach (var child in _folder.GetFiles("*.child")) Assert.False(IsRunning(await File.ReadAllTextAsync(child.FullName, Token)));
        Assert.DoesNotContain("passed", await output, StringComparison.Ordinal);
    }

    private static bool IsRunning(string process) =>
        File.Exists($"/proc/{process.Trim()}/stat") && !File.ReadAllText($"/proc/{process.Trim()}/stat").Contains(") Z ", StringComparison.Ordinal);

    private void Project(string name, string body, int passed, int failed = 0)
    {
        Write($"tests/{name}/{name}.csproj", "");
        var tests = Enumerable.Range(1, passed + failed).Select(
            i => new { name = $"test {i}", status = i <= failed ? "failed" : "passed", message = i <= failed ? "It\nis wrong." : null });
        var report = JsonSerializer.Serialize(new { results = new { summary = new { passed, failed, skipped = 0 }, tests } });
        Write($"artifacts/bin/{name}/release/{name}", $"#!/bin/bash\necho '{report}' > \"$4\"\n{body}\n");
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        using var run = Start(arguments);
        var output = await run.StandardOutput.ReadToEndAsync(Token);
        await run.WaitForExitAsync(Token);
        return (run.ExitCode, output);
    }

    private Process Start(params string[] arguments)
    {
        // A shell starts background jobs with SIGINT ignored, and no script that inherits this can catch the signal.
        var start = new ProcessStartInfo("env", ["--default-signal", Path.Combine(_folder.FullName, "test"), "--no-build", .. arguments])
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
        };
        start.Environment["PATH"] = $"{_folder.FullName}/programs:{start.Environment["PATH"]}";
        return Process.Start(start)!;
    }
}
