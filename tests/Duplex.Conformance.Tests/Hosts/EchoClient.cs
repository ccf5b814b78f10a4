using Duplex.Protocol.Extensions;
using Duplex.WebSockets.Client;

namespace Duplex.Conformance.Tests.Hosts;

/// <summary>A client under test: it echoes every message to the server that judges it.</summary>
public static class EchoClient
{
    private static readonly DeflateOptions Deflate = new() { ServerContextTakeover = true, ClientContextTakeover = true, MinMessageBytes = 0 };

    private static readonly WebSocketClientOptions Plain = new()
    {
        MaxFragments = 4096,
        Subprotocols = ["chat"],
    };

    private static readonly WebSocketClientOptions Compressing = Plain with { Compression = Deflate };

    /// <summary>Connects and echoes until the connection has ended, in whichever way.</summary>
    public static async Task RunAsync(Uri address, bool isCompressed)
    {
        await using var client = await WebSocketClient.ConnectAsync(address, isCompressed ? Compressing : Plain);
        try
        {
            await foreach (var message in client.ReadAllAsync()) await client.SendAsync(message);
        }
        catch (WebSocketClosedException)
        {
            // What went over the wire is the judge's to see.
        }
    }

    /// <summary>The same with messages that are streamed in both directions.</summary>
    public static async Task RunInPartsAsync(Uri address, bool isCompressed)
    {
        await using var client = await WebSocketClient.ConnectAsync(address, isCompressed ? Compressing : Plain);
        try
        {
            await foreach (var stream in client.StreamAllAsync())
            {
                var message = await stream.ReadToEndAsync();
                await using var echo = client.BeginMessage(message.Type);
                await echo.WriteAsync(message.Payload[..(message.Payload.Length / 2)]);
                await echo.WriteAsync(message.Payload[(message.Payload.Length / 2)..]);
                await echo.CompleteAsync();
            }
        }
        catch (WebSocketClosedException)
        {
            // What went over the wire is the judge's to see.
        }
    }

    /// <summary>Whether the handshake succeeds. Offers permessage-deflate and the subprotocol chat.</summary>
    public static async Task<bool> ConnectsAsync(Uri address)
    {
        try
        {
            await using var client = await WebSocketClient.ConnectAsync(address, Compressing);
            client.Abort();
            return true;
        }
        catch (WebSocketConnectException)
        {
            return false;
        }
    }
}
