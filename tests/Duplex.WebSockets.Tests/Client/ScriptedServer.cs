using System.Net;
using System.Net.Sockets;
using System.Text;
using Duplex.Protocol.Handshake;

namespace Duplex.WebSockets.Tests.Client;

/// <summary>Accepts one connection after another and does with each what the test says, byte by byte.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _serving;

    public ScriptedServer(Func<NetworkStream, Task> script)
    {
        _listener.Start();
        _serving = ServeAsync(script);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Uri => new($"ws://127.0.0.1:{Port}/feed?x=1");

    /// <summary>Answers every request with these bytes and ends the connection.</summary>
    public static ScriptedServer Answering(string answer) => new(async stream =>
    {
        await ReadHeadAsync(stream);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(answer));
    });

    public static async Task<string> ReadHeadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one);
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    /// <summary>Does the handshake, and sends further bytes together with the answer.</summary>
    public static async Task<string> UpgradeAsync(Stream stream, params byte[] further)
    {
        var head = await ReadHeadAsync(stream);
        await AcceptAsync(stream, head, further);
        return head;
    }

    public static async Task AcceptAsync(Stream stream, string head, params byte[] further)
    {
        var key = Field(head, "Sec-WebSocket-Key");
        var answer = new byte[UpgradeResponse.AcceptLength()];
        UpgradeResponse.WriteAccept(answer, key);
        await stream.WriteAsync((byte[])[.. answer, .. further]);
    }

    public static string Field(string head, string name) =>
        head.Split("\r\n").Single(line => line.StartsWith(name + ": ", StringComparison.Ordinal))[(name.Length + 2)..];

    public static async Task<byte[]> ReadAsync(Stream stream, int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }

    /// <summary>Ends; what a script did wrong comes out here.</summary>
    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Dispose();
    }

    private async Task ServeAsync(Func<NetworkStream, Task> script)
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptSocketAsync();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            await using var stream = new NetworkStream(socket, ownsSocket: true);
            await script(stream);
        }
    }
}
