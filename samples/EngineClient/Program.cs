// EngineClient ADDRESS [MESSAGE ...]: sends each message, prints what the server sends, ends when the server closes or has answered.
using Duplex.WebSockets.Client;

if (args is not [var address, .. var messages] || !Uri.TryCreate(address, UriKind.Absolute, out var uri))
{
    Console.Error.WriteLine("usage: EngineClient ws://host:port/path [MESSAGE ...]");
    return 2;
}

try
{
    await using var socket = await WebSocketClient.ConnectAsync(uri);
    foreach (var message in messages) await socket.SendAsync(message);

    // A normal close ends the loop; any other end throws.
    var received = 0;
    await foreach (var message in socket.ReadAllAsync())
    {
        Console.WriteLine(message.GetText());
        if (++received == messages.Length) break;
    }

    return 0;
}
catch (WebSocketClientException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
