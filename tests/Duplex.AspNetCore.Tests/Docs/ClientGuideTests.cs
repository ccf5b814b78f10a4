using System.Text;
using Duplex.AspNetCore.Tests.WebSockets;
using Duplex.Protocol.Closing;
using Duplex.WebSockets.Client;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;
using Microsoft.AspNetCore.Builder;

namespace Duplex.AspNetCore.Tests.Docs;

/// <summary>The examples of docs/guides/client.md, word for word. A test compares the two texts.</summary>
public sealed class ClientGuideTests
{
    private static readonly WebSocketConnectionOptions Large = new() { MaxMessageBytes = 1 << 20 };

    private readonly List<string> _handled = [];

    [Fact]
    public async Task Loop_that_replies_ends_when_the_server_closes_normally()
    {
        await using var application = await StartAsync();
        await using var client = await WebSocketClient.ConnectAsync(application.WebSocketAddress("/ask"), cancellationToken: EchoApplication.Limit);
        await ReplyAsync(client, EchoApplication.Limit);
        Assert.True((await client.Completion).IsNormal);
    }

    [Fact]
    public async Task Ends_are_told_apart_and_a_client_comes_back()
    {
        await using var application = await StartAsync();
        await using (var client = await WebSocketClient.ConnectAsync(application.WebSocketAddress("/refuse"), cancellationToken: EchoApplication.Limit))
            await TellEndsApartAsync(client, EchoApplication.Limit);
        await ComeBackAsync(application.WebSocketAddress("/ask"), Options(), EchoApplication.Limit);
        Assert.Equal(["question"], _handled);
    }

    [Fact]
    public async Task Connection_is_closed_with_a_code()
    {
        await using var application = await StartAsync();
        await using var client = await WebSocketClient.ConnectAsync(application.WebSocketAddress("/echo"), Options(), EchoApplication.Limit);
        Assert.Equal(4000, await CloseAsync(client, EchoApplication.Limit));
    }

    [Fact]
    public async Task Large_message_goes_from_file_to_file()
    {
        await using var application = await StartAsync();
        var path = Path.GetTempFileName();
        var text = string.Concat(Enumerable.Repeat("0123456789", 50_000));
        await File.WriteAllTextAsync(path, text, EchoApplication.Limit);
        await using (var client = await WebSocketClient.ConnectAsync(application.WebSocketAddress("/echo-once"), cancellationToken: EchoApplication.Limit))
        {
            await SendFileAsync(client, path, EchoApplication.Limit);
            await ReceiveFileAsync(client, path, EchoApplication.Limit);
        }

        Assert.Equal(text, await File.ReadAllTextAsync(path, EchoApplication.Limit));
        File.Delete(path);
    }

    [Fact]
    public async Task First_example_sends_and_reads()
    {
        await using var application = await StartAsync();
        await FirstAsync(application.WebSocketAddress("/echo-once"), EchoApplication.Limit);
    }

    private static async Task FirstAsync(Uri uri, CancellationToken cancellationToken)
    {
        await using var client = await WebSocketClient.ConnectAsync(uri, cancellationToken: cancellationToken);
        await client.SendAsync("Hello", cancellationToken);
        await foreach (var message in client.ReadAllAsync(cancellationToken))
            Console.WriteLine(message.IsText ? message.GetText() : $"{message.Payload.Length} bytes");
    }

    private static async Task ReplyAsync(WebSocketClient client, CancellationToken cancellationToken)
    {
        await foreach (var message in client.ReadAllAsync(cancellationToken))
            await client.SendAsync(message, cancellationToken);
    }

    private async Task TellEndsApartAsync(WebSocketClient client, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in client.ReadAllAsync(cancellationToken)) Handle(message);
        }
        catch (WebSocketClosedException exception) when (exception.End.Fault is { } fault)
        {
            Console.WriteLine($"The server broke a rule at byte {fault.Offset}: {fault.Explanation}");
        }
        catch (WebSocketClosedException exception)
        {
            Console.WriteLine($"Closed with {(int)exception.End.Code}: {exception.End.CloseReason}");
        }
    }

    private static async Task<int> CloseAsync(WebSocketClient client, CancellationToken cancellationToken)
    {
        var end = await client.CloseAsync((CloseCode)4000, "enough", cancellationToken);
        Console.WriteLine($"The server answered {(int)end.Code}.");
        return (int)end.Code;
    }

    private async Task ComeBackAsync(Uri uri, WebSocketClientOptions options, CancellationToken cancellationToken)
    {
        for (var delay = TimeSpan.FromSeconds(1); !cancellationToken.IsCancellationRequested; delay = TimeSpan.FromSeconds(Math.Min(60, 2 * delay.TotalSeconds)))
        {
            try
            {
                await using var client = await WebSocketClient.ConnectAsync(uri, options, cancellationToken);
                delay = TimeSpan.FromSeconds(1);
                await foreach (var message in client.ReadAllAsync(cancellationToken)) Handle(message);
                return;
            }
            catch (WebSocketClientException)
            {
                // The connect failed or the connection was lost: the next attempt follows after a delay with jitter.
                await Task.Delay(delay * (0.5 + Random.Shared.NextDouble()), cancellationToken);
            }
        }
    }

    private static WebSocketClientOptions Options()
    {
        var options = new WebSocketClientOptions
        {
            MaxMessageBytes = 64 * 1024 * 1024,
            Compression = new() { ClientContextTakeover = true },
            Subprotocols = ["chat"],
            Headers = new Dictionary<string, string> { ["Authorization"] = "Bearer ..." },
        };
        return options;
    }

    private static async Task ReceiveFileAsync(WebSocketClient client, string path, CancellationToken cancellationToken)
    {
        await foreach (var incoming in client.StreamAllAsync(cancellationToken))
        {
            await using var file = File.Create(path);
            await incoming.CopyToAsync(file, cancellationToken);
        }
    }

    private static async Task SendFileAsync(WebSocketClient client, string path, CancellationToken cancellationToken)
    {
        await using var outgoing = client.BeginMessage(MessageType.Binary);
        await using var file = File.OpenRead(path);
        await file.CopyToAsync(outgoing, cancellationToken);
        await outgoing.CompleteAsync(cancellationToken);
    }

    private void Handle(ReceivedMessage message) => _handled.Add(Encoding.UTF8.GetString(message.Payload.Span));

    private static Task<EchoApplication> StartAsync() => EchoApplication.StartAsync(endpoints =>
    {
        endpoints.MapWebSocket("/echo", static (connection, message) => connection.Send(message));
        endpoints.MapWebSocket("/refuse", static async connection => await connection.CloseAsync((CloseCode)4001, "no"));
        endpoints.MapWebSocket("/ask", static async connection => await connection.SendAsync("question"));
        endpoints.MapWebSocket("/echo-once", static async connection =>
        {
            await foreach (var message in connection.ReadAllAsync())
            {
                await connection.SendAsync(message);
                break;
            }
        }, Large);
    });
}
