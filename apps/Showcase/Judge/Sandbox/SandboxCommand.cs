using System.Diagnostics;
using System.Runtime.InteropServices;
using Showcase.Judge.Worker;

namespace Showcase.Judge.Sandbox;

/// <summary>The command line of a worker process.</summary>
/// <param name="Program">The path of the program.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Environment">Its whole environment.</param>
internal sealed record SandboxCommand(string Program, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment)
{
    // Seconds of processor time, and descriptors: the runtime keeps one for each assembly that it has loaded.
    private const int CpuSeconds = 6, Descriptors = 256;

    // With this niceness a busy worker has a third of the weight of the server's threads where both want the same core.
    private const int Niceness = 5;

    // The files that a worker needs. Settings and databases that lie beside them stay outside.
    private static readonly string[] Files = ["Showcase.dll", "Showcase.runtimeconfig.json", "Jint.dll", "Acornima.dll"];

    private static readonly Dictionary<string, string> Runtime = new()
    {
        ["DOTNET_GCHeapHardLimit"] = "0x6000000",
        ["DOTNET_gcServer"] = "0",
        ["DOTNET_gcConcurrent"] = "0",
        ["DOTNET_EnableDiagnostics"] = "0",
    };

    /// <summary>Returns the command of a worker within bubblewrap, or null where bubblewrap, prlimit or the runtime is not found.</summary>
    public static SandboxCommand? Confined()
    {
        if (Find("bwrap") is not { } bwrap || Find("prlimit") is not { } prlimit || !File.Exists(Host)) return null;

        // No code runs between fork and exec: the limits are those of a program that executes the next.
        List<string> arguments =
        [
            .. Limits, .. Nice, bwrap,
            "--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent", "--new-session",
            "--clearenv", "--cap-drop", "ALL", "--uid", "65534", "--gid", "65534",
            "--ro-bind", "/usr/lib", "/usr/lib", "--ro-bind-try", "/usr/lib64", "/usr/lib64", "--ro-bind", HostFolder, HostFolder,
            .. Files.SelectMany(static file => (string[])["--ro-bind", Path.Combine(AppContext.BaseDirectory, file), $"/app/{file}"]),
            "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64",
            "--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/",
            .. Runtime.SelectMany(static entry => (string[])["--setenv", entry.Key, entry.Value]),
            Host, $"/app/{Files[0]}", JudgeWorker.Argument,
        ];
        return new(prlimit, arguments, new Dictionary<string, string>());
    }

    /// <summary>Returns the command of a worker without a sandbox: the process, its limits and the interpreter alone bound it.</summary>
    public static SandboxCommand Bare()
    {
        string[] worker = [Host, Path.Combine(AppContext.BaseDirectory, Files[0]), JudgeWorker.Argument];
        return Find("prlimit") is { } prlimit ? new(prlimit, [.. Limits, .. Nice, .. worker], Runtime) : new(worker[0], worker[1..], Runtime);
    }

    /// <summary>Returns the start information of the command.</summary>
    public ProcessStartInfo StartInfo()
    {
        var start = new ProcessStartInfo(Program, Arguments)
        {
            WorkingDirectory = Path.GetPathRoot(AppContext.BaseDirectory)!,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        return start;
    }

    private static string[] Limits => [$"--cpu={CpuSeconds}", $"--nofile={Descriptors}", "--core=0"];

    private static string[] Nice => Find("nice") is { } nice ? [nice, "-n", $"{Niceness}"] : [];

    // <root>/shared/Microsoft.NETCore.App/<version>/
    private static string HostFolder => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private static string Host => Path.Combine(HostFolder, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");

    // Not from PATH, which who starts the server may have set to anything.
    private static string? Find(string program) =>
        Array.Find([$"/usr/bin/{program}", $"/bin/{program}"], File.Exists);
}
