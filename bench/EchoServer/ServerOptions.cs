using Starting;

namespace EchoServer;

/// <summary>Options of the command line.</summary>
internal sealed record ServerOptions(string Transport, int Port, int Loops)
{
    public const int DefaultMessageBytes = 16 * 1024 * 1024, DefaultFragments = 4096;

    private static readonly string[] Transports = ["uring", "epoll", "kestrel", "snw"];

    public static string Usage { get; } =
        $"""
        usage: EchoServer [options]
          --transport {string.Join('|', Transports)}
                               default uring; snw is System.Net.WebSockets on Kestrel, without the options below
          --port N             default 0, which selects a free port and prints it
          --loops N            event loops of uring and epoll, default 1
          --compression on|off permessage-deflate on /echo and /await with every parameter that a client requests, default off
          --max-message N      largest message in bytes, default {DefaultMessageBytes}
          --max-fragments N    most fragments of a message, default {DefaultFragments}
        /echo returns each message from a handler, /await from a task, /deflate compressed, /fan sends it to all its clients.
        """;

    /// <summary>Whether /echo and /await compress.</summary>
    public bool Compresses { get; init; }

    public int MaxMessageBytes { get; init; } = DefaultMessageBytes;

    public int MaxFragments { get; init; } = DefaultFragments;

    /// <exception cref="UsageException">An option is invalid.</exception>
    public static ServerOptions Parse(string[] args)
    {
        var arguments = new Arguments(args, "--transport", "--port", "--loops", "--compression", "--max-message", "--max-fragments");
        return new(arguments.OneOf("--transport", Transports), arguments.Number("--port", 0, 0, 65535), arguments.Number("--loops", 1, 1, 1024))
        {
            Compresses = arguments.OneOf("--compression", "off", "on") == "on",
            MaxMessageBytes = arguments.Number("--max-message", DefaultMessageBytes, 1),
            MaxFragments = arguments.Number("--max-fragments", DefaultFragments, 1),
        };
    }
}
