using Duplex.Server.Configuration;
using Duplex.Server.Hosting;

namespace Duplex.Server.CommandLine;

/// <summary>The commands of the program. Exit codes: 0 for success, 1 for a failure at run time, 2 for invalid usage or configuration.</summary>
internal static class Commands
{
    private const string Help = """
        Duplex, a real-time server: channels, presence, history and recovery over WebSockets.

        Usage: duplex <command> [options]

          serve         Runs the server until Ctrl+C or SIGTERM.
            --config FILE     options as JSON; without it the defaults apply
            --port N          port to listen on (http_server.port, default 8000; 0 for a free one)
            --address HOST    address to listen on (http_server.address, default loopback, IPv4 and IPv6; * for all)
          checkconfig   Validates a configuration without starting the server.
            --config FILE     the file to check
          gentoken      Prints a token for a client, signed with client.token.hmac_secret_key.
            --config FILE     the file that holds the secret
            --user ID         the user; empty for an anonymous one
            --ttl SECONDS     how long it is valid (default 604800, a week)
            --channel NAME    makes a subscription token for this channel in place of a connection token
          version       Prints the version.

        Every option of the file can be set in the environment too: DUPLEX_ and its path in capitals, with underscores
        for dots, such as DUPLEX_CLIENT_PING_INTERVAL=10s. Lists are separated by spaces. The environment overrides the
        file, and the command line overrides both. docs/server.md lists the options.
        """;

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        try
        {
            return await RunCommandAsync(args, output, error).ConfigureAwait(false);
        }
        catch (UsageException exception)
        {
            await error.WriteLineAsync(exception.Message).ConfigureAwait(false);
            return 2;
        }
        catch (IOException exception)
        {
            // This includes a failure to listen on the address or the port.
            await error.WriteLineAsync(exception.Message).ConfigureAwait(false);
            return 1;
        }
    }

    private static async Task<int> RunCommandAsync(string[] args, TextWriter output, TextWriter error)
    {
        if (args.Length == 0 || args.Any(argument => argument is "--help" or "-h" or "help"))
        {
            await output.WriteLineAsync(Help).ConfigureAwait(false);
            return args.Length == 0 ? 2 : 0;
        }

        switch (args[0])
        {
            case "serve":
                await ServeAsync(args.AsSpan(1), output, error).ConfigureAwait(false);
                return 0;
            case "checkconfig":
                var path = Arguments.Parse(args.AsSpan(1), "--config").Text("--config") ?? throw new UsageException("checkconfig needs --config FILE.");
                await ServerHost.CheckAsync(Load(path, error)).ConfigureAwait(false);
                await output.WriteLineAsync($"{path} is valid.").ConfigureAwait(false);
                return 0;
            case "gentoken":
                await output.WriteLineAsync(GenerateToken(args.AsSpan(1), error)).ConfigureAwait(false);
                return 0;
            case "version":
                await output.WriteLineAsync(typeof(Commands).Assembly.GetName().Version?.ToString(3)).ConfigureAwait(false);
                return 0;
            default:
                throw new UsageException($"Unknown command \"{args[0]}\". Known: serve, checkconfig, gentoken, version; --help describes them.");
        }
    }

    private static Task ServeAsync(ReadOnlySpan<string> args, TextWriter output, TextWriter error)
    {
        var arguments = Arguments.Parse(args, "--config", "--port", "--address");
        var settings = Load(arguments.Text("--config"), error);
        settings.Port = arguments.Number("--port", 0, 65535) ?? settings.Port;
        settings.Address = arguments.Text("--address") ?? settings.Address;
        if (SettingsCheck.FaultsOf(settings).FirstOrDefault() is { } fault) throw new UsageException(fault);
        return ServerHost.RunAsync(settings, output);
    }

    private static string GenerateToken(ReadOnlySpan<string> args, TextWriter error)
    {
        var arguments = Arguments.Parse(args, "--config", "--user", "--ttl", "--channel");
        var settings = Load(arguments.Text("--config"), error);
        var ttl = TimeSpan.FromSeconds(arguments.Number("--ttl", 1, int.MaxValue) ?? 7 * 24 * 3600);
        var channel = arguments.Text("--channel");
        var isOwnSecret = channel is not null && settings.HasSubscriptionTokens;
        var secret = (isOwnSecret ? settings.SubscriptionToken : settings.ConnectionToken).HmacSecretKey;
        if (string.IsNullOrEmpty(secret))
            throw new UsageException($"client.{(isOwnSecret ? "subscription_token" : "token")}.hmac_secret_key is not set, so no token can be signed.");
        return TokenMaker.Make(secret, arguments.Text("--user") ?? "", channel, TimeProvider.System.GetUtcNow(), ttl);
    }

    private static ServerSettings Load(string? path, TextWriter error)
    {
        var settings = ConfigurationReader.Read(path, Environment.GetEnvironmentVariables());
        foreach (var warning in settings.Warnings) error.WriteLine($"warning: {warning}");
        return settings;
    }
}
