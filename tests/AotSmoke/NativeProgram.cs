using System.Diagnostics;

namespace AotSmoke;

/// <summary>A program of this folder, published ahead of time and running.</summary>
internal sealed class NativeProgram : IDisposable
{

    private readonly Process _process;

    private NativeProgram(Process process, string firstLine)
    {
        _process = process;
        FirstLine = firstLine;
    }

    /// <summary>What it printed first.</summary>
    public string FirstLine { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Publishes a program, which must give no warning, and starts it.</summary>
    public static async Task<NativeProgram> StartAsync(string folder, string name)
    {
        var output = Repository.PathOf("artifacts", "aot-smoke", folder);
        await PublishAsync(folder, output);
        var process = Start(Path.Combine(output, name));
        try
        {
            return new NativeProgram(process, (await process.StandardOutput.ReadLineAsync(Token))!);
        }
        catch
        {
            process.Kill();
            throw;
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    private static async Task PublishAsync(string folder, string output)
    {
        using var publish = Start("dotnet", "publish", Repository.PathOf("tests", "AotSmoke", folder), "-c", "Release", "-o", output, "--nologo", "-v", "minimal");
        var text = await publish.StandardOutput.ReadToEndAsync(Token);
        await publish.WaitForExitAsync(Token);
        Assert.True(publish.ExitCode == 0, text);
        Assert.DoesNotContain(" warning IL", text, StringComparison.Ordinal);
    }

    private static Process Start(string file, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true })!;
}
