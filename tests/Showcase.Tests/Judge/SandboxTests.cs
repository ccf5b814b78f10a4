using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Showcase.Judge.Sandbox;
using Showcase.Judge.Worker;

namespace Showcase.Tests.Judge;

/// <summary>
/// What the sandbox lets a worker reach. These tests fail where bubblewrap does not work: a skipped test would hide that
/// nothing was tested.
/// </summary>
public sealed class SandboxTests : IDisposable
{
    private readonly WorkerStarter _starter = new();
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);

    public SandboxTests() => _server.Start();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private int Port => ((IPEndPoint)_server.LocalEndpoint).Port;

    public void Dispose()
    {
        _server.Dispose();
        _starter.Dispose();
    }

    [Fact]
    public async Task A_worker_in_the_sandbox_reaches_nothing_of_the_host() =>
        Assert.Null(await SandboxProbe.ProblemAsync(_starter, SandboxCommand.Confined(), (IPEndPoint)_server.LocalEndpoint, Token));

    [Fact]
    public async Task The_probe_names_what_a_worker_without_a_sandbox_reaches()
    {
        var problem = await SandboxProbe.ProblemAsync(_starter, SandboxCommand.Bare(), (IPEndPoint)_server.LocalEndpoint, Token);
        Assert.NotNull(problem);
        Assert.Contains("It reads /etc/passwd.", problem, StringComparison.Ordinal);
        Assert.Contains($"It connects to port {Port}.", problem, StringComparison.Ordinal);
        Assert.Contains("It writes in /tmp.", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--ro-bind", "/etc", "It reads /etc/passwd.")]
    [InlineData("--bind", "/var/tmp", "It writes in /var/tmp.")]
    public async Task The_probe_names_one_hole(string option, string folder, string hole)
    {
        var command = SandboxCommand.Confined()!;
        var arguments = command.Arguments.ToList();
        arguments.InsertRange(arguments.IndexOf("--symlink"), [option, folder, folder]);
        Assert.Contains(hole, await SandboxProbe.ProblemAsync(_starter, command with { Arguments = arguments }, (IPEndPoint)_server.LocalEndpoint, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_probe_notices_that_the_network_is_shared()
    {
        var command = SandboxCommand.Confined()!;
        var arguments = command.Arguments.ToList();
        arguments.Insert(arguments.IndexOf("--unshare-all") + 1, "--share-net");
        Assert.Equal($"It connects to port {Port}.", await SandboxProbe.ProblemAsync(_starter, command with { Arguments = arguments }, (IPEndPoint)_server.LocalEndpoint, Token));
    }

    [Fact]
    public async Task The_probe_repeats_the_reason_of_a_command_that_fails()
    {
        var command = SandboxCommand.Confined()!;
        Assert.Contains(
            "no-such-option",
            await SandboxProbe.ProblemAsync(_starter, command with { Arguments = [.. command.Arguments.TakeWhile(static part => part != "--symlink"), "--no-such-option"] }, (IPEndPoint)_server.LocalEndpoint, Token),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_system_without_bubblewrap_is_named() =>
        Assert.Contains("bubblewrap", await SandboxProbe.ProblemAsync(_starter, null, (IPEndPoint)_server.LocalEndpoint, Token), StringComparison.Ordinal);

    [Fact]
    public async Task A_worker_without_a_sandbox_is_tried_before_it_is_used()
    {
        Assert.Null(await SandboxProbe.FailureAsync(_starter, SandboxCommand.Bare(), Token));
        Assert.Contains("no dotnet here", await SandboxProbe.FailureAsync(_starter, new("/bin/sh", ["-c", "echo no dotnet here >&2"], new Dictionary<string, string>()), Token), StringComparison.Ordinal);
        Assert.NotNull(await SandboxProbe.FailureAsync(_starter, new("/no/such/program", [], new Dictionary<string, string>()), Token));
    }

    [Fact]
    public async Task A_program_is_executed_by_other_processes_than_the_server_and_with_less_weight()
    {
        foreach (var command in (SandboxCommand[])[SandboxCommand.Confined()!, SandboxCommand.Bare()])
        {
            await using var worker = await _starter.StartAsync(command);
            await worker.ReadyAsync(Token);
            var processes = Descendants(worker.Id).ToList();
            Assert.DoesNotContain(Environment.ProcessId, processes);
            Assert.All(processes, static process => Assert.Equal(Math.Min(NicenessOf(Environment.ProcessId) + 5, 19), NicenessOf(process)));
        }
    }

    [Fact]
    public async Task A_worker_ends_when_its_starter_does()
    {
        var starter = new WorkerStarter();
        await using var worker = await starter.StartAsync(SandboxCommand.Confined()!);
        await worker.ReadyAsync(Token);
        starter.Dispose();
        await worker.EndedAsync(Token);
    }

    [Fact]
    public async Task A_worker_without_a_sandbox_ends_when_its_input_does()
    {
        await using var worker = await _starter.StartAsync(SandboxCommand.Bare());
        await worker.ReadyAsync(Token);
        worker.CloseInput();
        await worker.EndedAsync(Token);
    }

    [Fact]
    public async Task The_kernel_ends_a_worker_that_exceeds_its_processor_time()
    {
        var command = SandboxCommand.Confined()!;
        var arguments = command.Arguments.Select(static part => part.StartsWith("--cpu=", StringComparison.Ordinal) ? "--cpu=2" : part).ToList();
        await using var worker = await _starter.StartAsync(command with { Arguments = arguments });
        await worker.ReadyAsync(Token);
        var job = new WorkerJob("for (;;);", "solve", ["[]"], TestMs: 60_000);
        var lines = await worker.RunAsync(job, Token).ToListAsync(Token);
        Assert.Equal([WorkerState.Time], lines.Select(static line => line.State));
    }

    [Fact]
    public async Task A_worker_inherits_no_descriptor_of_the_server()
    {
        using var inherited = new SafeFileHandle(Duplicate(1), ownsHandle: true);
        var command = new SandboxCommand("/bin/sh", ["-c", "ls /proc/self/fd >&2"], new Dictionary<string, string>());
        await using var worker = await _starter.StartAsync(command);
        var failure = await Assert.ThrowsAsync<WorkerException>(() => worker.ReadyAsync(Token));

        // The fourth is the folder that ls reads.
        Assert.EndsWith(": 0 1 2 3", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workers_that_are_abandoned_while_they_start_leave_no_process_behind()
    {
        var mark = Guid.NewGuid().ToString("N");
        var command = SandboxCommand.Confined()!;
        var arguments = command.Arguments.ToList();
        arguments.InsertRange(arguments.IndexOf("--setenv"), ["--setenv", "DOTNET_Mark", mark]);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            await using var worker = await _starter.StartAsync(command with { Arguments = arguments });
        }));

        // The kernel ends the processes of a namespace after its first one: each that is left must be about to end.
        foreach (var left in Directory.EnumerateDirectories("/proc").Where(folder => CommandLineOf(folder).Contains(mark, StringComparison.Ordinal)))
            await EndAsync(int.Parse(Path.GetFileName(left), CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_line_that_is_too_long_ends_the_worker()
    {
        var command = new SandboxCommand("/bin/sh", ["-c", "read job; exec cat /dev/zero"], new Dictionary<string, string>());
        await using var worker = await _starter.StartAsync(command);
        var lines = await worker.RunAsync(new("", "", []), Token).ToListAsync(Token);
        Assert.Equal([WorkerState.Fault], lines.Select(static line => line.State));
        Assert.True(worker.HasEnded);
    }

    // A process and all that it has started. proc(5): the second field of stat, the name, is in parentheses.
    private static IEnumerable<int> Descendants(int process) =>
        File.ReadAllText($"/proc/{process}/task/{process}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).SelectMany(Descendants).Prepend(process);

    private static int NicenessOf(int process)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16], CultureInfo.InvariantCulture);
    }

    private static async Task EndAsync(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            await process.WaitForExitAsync(Token).WaitAsync(TimeSpan.FromSeconds(30), Token);
        }
        catch (ArgumentException)
        {
            // It has ended.
        }
    }

    private static string CommandLineOf(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline"));
        }
        catch (IOException)
        {
            // The process has ended, or the folder is not that of a process.
            return "";
        }
    }

#pragma warning disable SYSLIB1054 // The generated code would need unsafe blocks, and nothing here needs marshalling.
    [DllImport("libc", EntryPoint = "dup")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Duplicate(int descriptor);
#pragma warning restore SYSLIB1054
}
