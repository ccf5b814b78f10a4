using System.Text;
using LoadTool.Sockets;
using Starting;

namespace LoadTool.Protocols;

/// <summary>
/// What a hub's own protocol needs said: the opening frames of a subscriber, and the frame with which a client makes
/// the server send a payload to all of them.
/// </summary>
internal sealed class MessageProtocol
{
    /// <summary>By this a payload is found again in what the hub made of it.</summary>
    public const string Marker = "MARKERMARKER";

    private const string FanChannel = "bench:fan";

    private readonly Func<string, string[]> _opening;
    private readonly Func<string, string> _publish;

    private MessageProtocol(string path, Func<string, string[]> opening, Func<string, string> publish)
    {
        Path = path;
        _opening = opening;
        _publish = publish;
    }

    public string Path { get; }

    public static MessageProtocol Named(string name) => name switch
    {
        "centrifuge" => Centrifuge,
        "signalr" => new(
            "/hub",
            _ => ["{\"protocol\":\"json\",\"version\":1}\u001e"],
            payload => $"{{\"type\":1,\"target\":\"Publish\",\"arguments\":[\"{payload}\"]}}\u001e"),
        "socketio" => new(
            "/socket.io/?EIO=4&transport=websocket",
            _ => ["40"],
            payload => $"42[\"publish\",\"{payload}\"]"),
        _ => throw new UsageException($"Unknown protocol '{name}': centrifuge, signalr or socketio."),
    };

    /// <summary>The protocol of HubServer, the only one with channels that a client names and with <see cref="PublishMany"/>.</summary>
    public static MessageProtocol Centrifuge { get; } = new(
        "/connection/websocket",
        channel => ["{\"id\":1,\"connect\":{}}", $"{{\"id\":2,\"subscribe\":{{\"channel\":\"{channel}\"}}}}"],
        payload => $"{{\"id\":3,\"publish\":{{\"channel\":\"{FanChannel}\",\"data\":{{\"m\":\"{payload}\"}}}}}}");

    /// <summary>What a subscriber of this channel says, one frame after the other's answer.</summary>
    public IEnumerable<byte[]> Opening(string channel = FanChannel) => _opening(channel).Select(Frame);

    /// <summary>Publishes to the channel of all subscribers.</summary>
    public byte[] Publish(string payload) => Frame(_publish(payload));

    /// <summary>Lets HubServer publish, in its own process, to the channels named by prefix and number in turn.</summary>
    public static byte[] PublishMany(string prefix, int channels, int count, string payload) => Frame(
        $"{{\"id\":3,\"rpc\":{{\"method\":\"publish\",\"data\":{{\"prefix\":\"{prefix}\",\"channels\":{channels},\"count\":{count},\"payload\":\"{payload}\"}}}}}}");

    private static byte[] Frame(string text) => ClientFrame.Text(Encoding.UTF8.GetBytes(text));
}
