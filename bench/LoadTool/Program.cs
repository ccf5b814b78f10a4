using System.Globalization;
using LoadTool;
using LoadTool.Loads;
using LoadTool.Measuring;
using LoadTool.Protocols;
using LoadTool.Soak;
using LoadTool.Sockets;

const string Usage = """
    LoadTool: puts load on a WebSocket server of this machine and prints one line of JSON.

      LoadTool LOAD --port N [options]

    LOAD
      echo      every connection keeps --depth messages of --payload bytes in flight
      deflate   the same with messages that the server inflates and compresses again (/deflate)
      fan       the first connection sends --depth messages, all connections must get them
      idle      resident memory and processor time per idle connection (needs --pid)
      storm     new connections per second, --connections at a time
      latency   echo at --rate messages a second; percentiles without coordinated omission
      soak      --connections good and bad peers at once: exact echoes, delays, memory (needs --pid)

      hub          the first subscriber publishes, all must get it (--protocol)
      hub-latency  --rate publications a second to --connections subscribers, --slow of them slow; the delays of
                   the others, without coordinated omission (--protocol)
      channels     HubServer publishes to --channels that share --connections subscribers evenly
      publish      HubServer publishes to one channel with history and no subscriber

    Options (defaults)
      --path P           endpoint (/echo, /deflate, /fan; hubs: the protocol's own)
      --connections N    (100)
      --payload BYTES    (32)
      --depth N          (1)
      --rate N           messages or publications per second in all (10000; hub-latency 100)
      --channels N       (1)
      --slow N           subscribers that read far less than they are sent (0)
      --seconds S        measured time (4)
      --warmup S         time before it (1)
      --pid N            the server's process: adds its processor time per message and its memory
      --protocol NAME    hub, hub-latency, idle: centrifuge, signalr, socketio

    Progress goes to standard error, the result to standard output.
    """;

if (args.Length == 0 || args.Contains("--help"))
{
    Console.WriteLine(Usage);
    return args.Length == 0 ? 2 : 0;
}

try
{
    Console.WriteLine(Run(args));
    return 0;
}
catch (Exception failure) when (failure is ArgumentException or FormatException or InvalidOperationException or IOException or System.Net.Sockets.SocketException)
{
    Console.Error.WriteLine($"LoadTool: {failure.Message}");
    return 1;
}

static Result Run(string[] args)
{
    var named = new Dictionary<string, string>();
    for (var i = 1; i < args.Length; i += 2)
    {
        if (!args[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == args.Length)
            throw new ArgumentException($"'{args[i]}' is no option with a value; see --help.");
        named[args[i][2..]] = args[i + 1];
    }

    int Number(string name, int otherwise) =>
        named.Remove(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
    TimeSpan Seconds(string name, TimeSpan otherwise) =>
        named.Remove(name, out var text) ? TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture)) : otherwise;

    var defaults = new LoadOptions();
    var options = new LoadOptions
    {
        Connections = Number("connections", defaults.Connections),
        Payload = Number("payload", defaults.Payload),
        Depth = Number("depth", defaults.Depth),
        Rate = Number("rate", args[0] == "hub-latency" ? 100 : defaults.Rate),
        Channels = Number("channels", defaults.Channels),
        Slow = Number("slow", defaults.Slow),
        WarmUp = Seconds("warmup", defaults.WarmUp),
        Length = Seconds("seconds", defaults.Length),
        Server = named.ContainsKey("pid") ? new ServerProcess(Number("pid", 0)) : null,
    };
    var port = Number("port", 0);
    if (port == 0) throw new ArgumentException("--port is missing.");
    var protocol = named.Remove("protocol", out var name) ? MessageProtocol.Named(name)
        : args[0] is "channels" or "publish" ? MessageProtocol.Centrifuge : null;
    var path = named.Remove("path", out var text) ? text : protocol?.Path ?? (args[0] is "fan" or "deflate" ? $"/{args[0]}" : "/echo");
    if (named.Count > 0) throw new ArgumentException($"Unknown option --{named.Keys.First()}; see --help.");

    var target = new Target(port, path, args[0] == "deflate" ? CompressedText.Offer : null);
    return args[0] switch
    {
        "echo" => EchoLoad.Run(target, options),
        "deflate" => EchoLoad.RunCompressed(target, options),
        "fan" => FanLoad.Run(target, options),
        "hub" => HubFanLoad.Run(target, options, protocol ?? throw new ArgumentException("hub needs --protocol.")),
        "hub-latency" => HubLatencyLoad.Run(target, options, protocol ?? throw new ArgumentException("hub-latency needs --protocol.")),
        "channels" => HubFanLoad.RunChannels(target, options),
        "publish" => PublishLoad.Run(target, options),
        "idle" => IdleLoad.Run(target, options, protocol),
        "soak" => SoakLoad.Run(target, options),
        "storm" => StormLoad.Run(target, options),
        "latency" => LatencyLoad.Run(target, options),
        _ => throw new ArgumentException($"Unknown load '{args[0]}'; see --help."),
    };
}
