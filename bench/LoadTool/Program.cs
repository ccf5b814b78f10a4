using LoadTool;
using LoadTool.Loads;
using LoadTool.Measuring;
using LoadTool.Protocols;
using LoadTool.Soak;
using LoadTool.Sockets;
using Starting;

const string Usage = """
    LoadTool: applies load to a WebSocket server on this machine and prints one line of JSON.

      LoadTool LOAD --port N [options]

    LOAD
      echo      every connection keeps --depth messages of --payload bytes in flight
      deflate   the same with messages that the server inflates and compresses again (/deflate)
      fan       the first connection sends --depth messages, all connections must receive them
      idle      resident memory and processor time per idle connection (needs --pid)
      storm     new connections per second, --connections at a time
      latency   echo at --rate messages a second; percentiles without coordinated omission
      soak      --connections well-behaved and misbehaving peers at once: exact echoes, delays, memory (needs --pid)

      hub          the first subscriber publishes, all must receive it (--protocol)
      hub-latency  --rate publications a second to --connections subscribers, of which --slow are slow; the delays
                   of the others, without coordinated omission (--protocol)
      channels     HubServer publishes to --channels that share --connections subscribers evenly
      conflated    HubServer publishes --depth publications of different keys to one conflating channel
      publish      HubServer publishes to one channel with history and no subscriber

    Options (defaults)
      --path P           endpoint (/echo, /deflate, /fan; hubs: that of the protocol)
      --connections N    (100)
      --payload BYTES    (32)
      --depth N          (1)
      --rate N           total messages or publications per second (10000; hub-latency 100)
      --channels N       (1)
      --slow N           subscribers that read far less than they are sent (0)
      --seconds S        measured time (4)
      --warmup S         time before it (1)
      --pid N            process id of the server: adds its processor time per message and its memory
      --protocol NAME    hub, hub-latency, idle: centrifuge, signalr, socketio

    LoadTool writes progress to standard error and the result to standard output.
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
catch (UsageException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}
catch (Exception failure) when (failure is ArgumentException or InvalidOperationException or IOException or System.Net.Sockets.SocketException)
{
    Console.Error.WriteLine($"LoadTool: {failure.Message.ReplaceLineEndings(" ")}");
    return 1;
}

static Result Run(string[] args)
{
    var load = args[0];
    var arguments = new Arguments(
        args.AsSpan(1), "--path", "--connections", "--payload", "--depth", "--rate", "--channels", "--slow", "--seconds", "--warmup", "--pid", "--protocol", "--port");
    var defaults = new LoadOptions();
    var options = new LoadOptions
    {
        Connections = arguments.Number("--connections", defaults.Connections, 1),
        Payload = arguments.Number("--payload", defaults.Payload, 0),
        Depth = arguments.Number("--depth", defaults.Depth, 1),
        Rate = arguments.Number("--rate", load == "hub-latency" ? 100 : defaults.Rate, 1),
        Channels = arguments.Number("--channels", defaults.Channels, 1),
        Slow = arguments.Number("--slow", defaults.Slow, 0),
        WarmUp = arguments.Seconds("--warmup", defaults.WarmUp),
        Length = arguments.Seconds("--seconds", defaults.Length),
        Server = arguments.Has("--pid") ? ServerProcess.Of(arguments.Number("--pid", 0, 1)) : null,
    };
    var port = arguments.Number("--port", 0, 1, 65535);
    if (port == 0) throw new UsageException("--port is missing.");
    var protocol = arguments.Text("--protocol") is { } name ? MessageProtocol.Named(name)
        : load is "channels" or "conflated" or "publish" ? MessageProtocol.Centrifuge : null;
    var path = arguments.Text("--path") ?? protocol?.Path ?? (load is "fan" or "deflate" ? $"/{load}" : "/echo");

    var target = new Target(port, path, load == "deflate" ? CompressedText.Offer : null);
    return load switch
    {
        "echo" => EchoLoad.Run(target, options),
        "deflate" => EchoLoad.RunCompressed(target, options),
        "fan" => FanLoad.Run(target, options),
        "hub" => HubFanLoad.Run(target, options, protocol ?? throw new UsageException("hub needs --protocol.")),
        "hub-latency" => HubLatencyLoad.Run(target, options, protocol ?? throw new UsageException("hub-latency needs --protocol.")),
        "channels" => HubFanLoad.RunChannels(target, options),
        "conflated" => HubFanLoad.RunConflated(target, options),
        "publish" => PublishLoad.Run(target, options),
        "idle" => IdleLoad.Run(target, options, protocol),
        "soak" => SoakLoad.Run(target, options),
        "storm" => StormLoad.Run(target, options),
        "latency" => LatencyLoad.Run(target, options),
        _ => throw new UsageException($"{load} is no load; --help lists them."),
    };
}
