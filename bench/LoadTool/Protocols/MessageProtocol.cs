using System.Text;
using LoadTool.Sockets;
using Starting;

namespace LoadTool.Protocols;

/// <summary>
/// Frames of a hub's own protocol: the opening frames of a subscriber, and the frame by which a client publishes a
/// payload to all of them.
/// </summary>
internal sealed class MessageProtocol
{
    /// <summary>Marker by which <see cref="PayloadScanner"/> finds a payload in the frames of the hub.</summary>
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

    /// <summary>Protocol of HubServer, the only one whose clients name channels and which supports <see cref="PublishMany"/>.</summary>
    public static MessageProtocol Centrifuge { get; } = new(
        "/connection/websocket",
        channel => ["{\"id\":1,\"connect\":{}}", $"{{\"id\":2,\"subscribe\":{{\"channel\":\"{channel}\"}}}}"],
        payload => $"{{\"id\":3,\"publish\":{{\"channel\":\"{FanChannel}\",\"data\":{{\"m\":\"{payload}\"}}}}}}");

    /// <summary>Opening frames of a subscriber to this channel, each sent after the reply to the previous one.</summary>
    public IEnumerable<byte[]> Opening(string channel = FanChannel) => _opening(channel).Select(Frame);

    /// <summary>Frame that publishes to the channel of all subscribers.</summary>
    public byte[] Publish(string payload) => Frame(_publish(payload));

    /// <summary>Frame with which HubServer publishes, in its own process, to the channels named by prefix and number in turn, with as many keys in turn (0: none).</summary>
    public static byte[] PublishMany(string prefix, int channels, int count, string payload, int keys = 0) => Frame(
        $"{{\"id\":3,\"rpc\":{{\"method\":\"publish\",\"data\":{{\"prefix\":\"{prefix}\",\"channels\":{channels},\"count\":{count},\"keys\":{keys},\"payload\":\"{payload}\"}}}}}}");

    private static byte[] Frame(string text) => ClientFrame.Text(Encoding.UTF8.GetBytes(text));
}
