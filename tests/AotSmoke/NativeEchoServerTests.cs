using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;

namespace AotSmoke;

/// <summary>The engine compiles ahead of time without a warning, and the native program serves.</summary>
public sealed class NativeEchoServerTests
{
    private static readonly string Root = FindRoot();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_native_echo_server_is_published_without_warnings_and_serves_ClientWebSocket()
    {
        var folder = Path.Combine(Root, "artifacts", "aot-smoke");
        await PublishAsync(folder);

        using var server = Start(Path.Combine(folder, "AotEchoServer"));
        try
        {
            var port = int.Parse((await server.StandardOutput.ReadLineAsync(Token))!, CultureInfo.InvariantCulture);
            await EchoAsync(port, compression: null);
            await EchoAsync(port, new WebSocketDeflateOptions());
        }
        finally
        {
            server.Kill();
        }
    }

    private static async Task PublishAsync(string folder)
    {
        using var publish = Start("dotnet", "publish", Path.Combine(Root, "tests", "AotSmoke", "Server"), "-c", "Release", "-o", folder, "--nologo", "-v", "minimal");
        var output = await publish.StandardOutput.ReadToEndAsync(Token);
        await publish.WaitForExitAsync(Token);
        Assert.True(publish.ExitCode == 0, output);
        Assert.DoesNotContain(" warning IL", output, StringComparison.Ordinal);
    }

    private static async Task EchoAsync(int port, WebSocketDeflateOptions? compression)
    {
        using var client = new ClientWebSocket();
        client.Options.DangerousDeflateOptions = compression;
        await client.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/"), Token);
        var message = new byte[10_000];
        await client.SendAsync(message, WebSocketMessageType.Binary, true, Token);
        var received = 0;
        var buffer = new byte[20_000];
        while (received < message.Length) received += (await client.ReceiveAsync(buffer.AsMemory(received), Token)).Count;
        Assert.Equal(message, buffer[..received]);
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Token);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, client.CloseStatus);
    }

    private static Process Start(string file, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true };
        return Process.Start(start)!;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Duplex.slnx"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
