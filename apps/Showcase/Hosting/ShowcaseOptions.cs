using System.Globalization;
using Showcase.Exchange.Simulation;

namespace Showcase.Hosting;

/// <summary>The command line.</summary>
public sealed record ShowcaseOptions
{
    public const string Help = """
        The Duplex showcase: live applications over WebSockets.

          --port N           listen on this port of the loopback addresses (default 8080; 0 picks a free one)
          --urls URLS        listen on these addresses instead, as ASP.NET Core reads them
          --market-rate R    how busy the simulated market is: normal (default), high (SOL/USDT makes 500 book
                             changes and 100 trades a second), off (nobody but people)
          --seed N           seed of the simulated market (default 1)
          --data FOLDER      where the chat keeps its messages (default: data in the application's folder)
          --help             this text
        """;

    /// <summary>The port on loopback; ignored when <see cref="Urls"/> is given.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>Addresses to listen on, separated by semicolons; null for the port on loopback.</summary>
    public string? Urls { get; init; }

    /// <summary>How busy the simulated market is.</summary>
    public MarketRate MarketRate { get; init; } = MarketRate.Normal;

    /// <summary>Seed of the simulated market.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Where messages are kept; null for <c>data</c> in the application's folder.</summary>
    public string? Data { get; init; }

    /// <summary>Whether to print the help and leave.</summary>
    public bool ShowHelp { get; init; }

    /// <summary>Where the application's folder is; null for the current one.</summary>
    public string? ContentRoot { get; init; }

    /// <summary>Reads the arguments, both <c>--port 80</c> and <c>--port=80</c>.</summary>
    /// <exception cref="FormatException">With a sentence for the user.</exception>
    public static ShowcaseOptions Parse(IReadOnlyList<string> args)
    {
        var options = new ShowcaseOptions();
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = args[i].Split('=', 2) is [var key, var joined] ? (key, joined) : (args[i], null);
            if (name is "--help" or "-h") return options with { ShowHelp = true };
            value ??= ++i < args.Count ? args[i] : null;
            options = options.With(name, value);
        }

        return options;
    }

    private ShowcaseOptions With(string name, string? value) => name switch
    {
        "--port" => this with { Port = Number(name, value, 0, 65535) },
        "--seed" => this with { Seed = Number(name, value, 0, int.MaxValue) },
        "--urls" => this with { Urls = value ?? throw new FormatException("--urls needs addresses such as http://0.0.0.0:8080.") },
        "--data" => this with { Data = value is { Length: > 0 } ? value : throw new FormatException("--data needs a folder.") },
        "--contentRoot" => this with
        {
            ContentRoot = Path.GetFullPath(value is { Length: > 0 } folder ? folder : throw new FormatException("--contentRoot needs a folder.")),
        },
        "--market-rate" => this with
        {
            MarketRate = value switch
            {
                "normal" => MarketRate.Normal,
                "high" => MarketRate.High,
                "off" => MarketRate.Off,
                _ => throw new FormatException("--market-rate is normal, high or off."),
            },
        },
        _ => throw new FormatException($"Unknown option {name}: see --help."),
    };

    private static int Number(string name, string? value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException($"{name} needs a number from {least} to {most}.");
}
