using System.Text;
using LoadTool.Sockets;

namespace LoadTool.Protocols;

/// <summary>
/// What a hub's own protocol needs said: the opening frames of each subscriber, and the frame with which the first
/// connection makes the server send the marker to all.
/// </summary>
internal sealed class MessageProtocol
{
    public const string Marker = "MARKERMARKER";

    private MessageProtocol(string path, string[] opening, Func<string, string> publish)
    {
        Path = path;
        Opening = [.. opening.Select(text => ClientFrame.Text(Encoding.UTF8.GetBytes(text)))];
        Publish = payload => ClientFrame.Text(Encoding.UTF8.GetBytes(publish(payload)));
    }

    public string Path { get; }

    public IReadOnlyList<byte[]> Opening { get; }

    public Func<string, byte[]> Publish { get; }

    public static MessageProtocol Named(string name) => name switch
    {
        "centrifuge" => new(
            "/connection/websocket",
            ["{\"id\":1,\"connect\":{}}", "{\"id\":2,\"subscribe\":{\"channel\":\"bench:fan\"}}"],
            payload => $"{{\"id\":3,\"publish\":{{\"channel\":\"bench:fan\",\"data\":{{\"m\":\"{payload}\"}}}}}}"),
        "signalr" => new(
            "/hub",
            ["{\"protocol\":\"json\",\"version\":1}\u001e"],
            payload => $"{{\"type\":1,\"target\":\"Publish\",\"arguments\":[\"{payload}\"]}}\u001e"),
        "socketio" => new(
            "/socket.io/?EIO=4&transport=websocket",
            ["40"],
            payload => $"42[\"publish\",\"{payload}\"]"),
        _ => throw new ArgumentException($"Unknown protocol '{name}': centrifuge, signalr or socketio."),
    };
}
