using System.Text.Json.Nodes;
using Duplex.Server.CommandLine;
using Duplex.Server.Configuration;
using Duplex.Server.Tests.Running;

namespace Duplex.Server.Tests.Configuration;

/// <summary>Whatever a configuration says, the program answers with an exit code, never with an exception.</summary>
public sealed class AnyConfigurationTests
{
    private static readonly string[] Values =
    [
        "-1", "0", "1", "2147483647", "1e30", "true", "null", "\"\"", "\" \"", "\"x\"", "\"\\u0000\"", "\"\\ud83d\"", "\"720h\"", "\"1ns\"", "\"99999h\"",
        "\"(\"", "\"/\"", "\"http://[\"", "\"http://a\"", "[]", "[null]", "[{}]", "[\"x\"]", "[\"https://a\"]", "{}", "{\"a\":1}", "{\"a\":\"b\"}", "{\"enabled\":true}",
    ];

    public static TheoryData<string> AllValues => [.. Values];

    [Theory]
    [MemberData(nameof(AllValues))]
    public async Task Every_option_takes_every_value_or_names_itself(string value)
    {
        var settings = new ServerSettings();
        var options = settings.Options.Select(static option => option.Name)
            .Concat(NamedList.All.Where(static list => list.Path != "proxies").SelectMany(list => list.OptionsOf(settings, "any").Select(option => $"{list.Nameless}.{option.Name}")))
            .Concat(["proxies", "channel.namespaces", "channel", "client", "client.token", "http_server.tls"]);
        foreach (var (at, option) in options.Index())
        {
            // Making the whole server takes time, so every value does it with other options.
            await RunAsync(Nested(option, value), isWhole: (at + Array.IndexOf(Values, value)) % 97 == 0);
        }
    }

    [Fact]
    public async Task Configurations_with_bytes_changed_are_answered()
    {
        const string configuration = """
            {"client":{"token":{"hmac_secret_key":"secret"},"allowed_origins":["https://a.example"],"proxy":{"connect":{"enabled":true,"endpoint":"http://a/c","http":{"static_headers":{"a":"b"}}}}},
            "channel":{"namespaces":[{"name":"chat","history_size":5,"history_ttl":"1h","force_recovery":true},{"name":"map","subscription_type":"map","map":{"key_ttl":"5s"}}]}}
            """;
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(configuration);
            for (var change = 0; change < 1 + (i % 3); change++) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            await RunAsync(bytes, isWhole: i % 20 == 0);
        }
    }

    private static Task RunAsync(string json, bool isWhole) => RunAsync(System.Text.Encoding.UTF8.GetBytes(json), isWhole);

    private static async Task RunAsync(byte[] configuration, bool isWhole)
    {
        var path = ServerProcess.TemporaryFile("");
        try
        {
            await File.WriteAllBytesAsync(path, configuration, TestContext.Current.CancellationToken);
            using var output = new StringWriter();
            string[] command = isWhole ? ["checkconfig"] : ["gentoken", "--user", "a"];
            var exitCode = await Commands.RunAsync([.. command, "--config", path], output, output);
            Assert.InRange(exitCode, 0, 2);
            if (exitCode > 0) Assert.NotEqual("", output.ToString());
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    private static string Nested(string option, string value)
    {
        var at = option.IndexOf('.', StringComparison.Ordinal);
        var name = JsonValue.Create(at < 0 ? option : option[..at]).ToJsonString();
        return $"{{{name}:{(at < 0 ? value : Nested(option[(at + 1)..], value))}}}";
    }
}
