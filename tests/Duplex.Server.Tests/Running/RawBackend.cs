using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace Duplex.Server.Tests.Running;

/// <summary>A backend that records the bytes of each connection, and gives the same answer to every question.</summary>
internal sealed class RawBackend : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Channel<string> _requests = Channel.CreateUnbounded<string>();
    private readonly Task _run;

    public RawBackend()
    {
        _listener.Start();
        _run = RunAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>The JSON that is answered.</summary>
    public string Answer { get; set; } = """{"result":{"user":"ann"}}""";

    /// <summary>The next question, head and body as they came, a character for each byte.</summary>
    public ValueTask<string> NextAsync(CancellationToken cancellationToken) => _requests.Reader.ReadAsync(cancellationToken);

    /// <summary>Whether a question has come that nobody has looked at.</summary>
    public bool HasMore => _requests.Reader.TryPeek(out _);

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _run;
    }

    private async Task RunAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true) connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync()));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
        }

        await Task.WhenAll(connections);
    }

    // One question for each connection, and everything that came with it.
    private async Task ServeAsync(TcpClient connection)
    {
        using (connection)
        {
            var stream = connection.GetStream();
            var text = "";
            var buffer = new byte[64 * 1024];
            try
            {
                while (!text.Contains("\r\n\r\n{", StringComparison.Ordinal) || text[^1] != '}')
                {
                    var count = await stream.ReadAsync(buffer);
                    if (count == 0) return;
                    text += Encoding.Latin1.GetString(buffer, 0, count);
                }

                _requests.Writer.TryWrite(text);
                await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {Encoding.UTF8.GetByteCount(Answer)}\r\n\r\n{Answer}"));
            }
            catch (IOException)
            {
            }
        }
    }
}
