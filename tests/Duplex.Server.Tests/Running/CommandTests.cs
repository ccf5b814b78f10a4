using System.Text;

namespace Duplex.Server.Tests.Running;

public sealed class CommandTests
{
    [Fact]
    public async Task Help_names_every_command()
    {
        var (exitCode, output, _) = await ServerProcess.RunAsync(["--help"]);

        Assert.Equal(0, exitCode);
        Assert.All(["serve", "checkconfig", "gentoken", "version"], command => Assert.Contains($"  {command} ", output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("fly", "Unknown command \"fly\"")]
    [InlineData("serve --prot 1", "Unknown option --prot")]
    [InlineData("serve --port", "--port needs a value")]
    [InlineData("serve --port 70000", "--port must be a whole number from 0 to 65535")]
    [InlineData("serve --port 1 --port=2", "--port is given twice")]
    [InlineData("serve --address nowhere", "http_server.address")]
    [InlineData("serve --config /nowhere/config.json", "/nowhere/config.json")]
    [InlineData("checkconfig", "needs --config")]
    [InlineData("gentoken", "hmac_secret_key is not set")]
    public async Task Wrong_usage_is_explained_with_exit_code_2(string args, string expected)
    {
        var (exitCode, _, error) = await ServerProcess.RunAsync(args.Split(' '));

        Assert.Equal(2, exitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checkconfig_reports_all_faults_at_once_with_their_paths()
    {
        var file = ServerProcess.TemporaryFile(
            """{"client":{"ping_intervall":"1s","pong_timeout":8},"channel":{"namespaces":[{"name":"a"},{"name":"ok","histroy_size":1}]},"kafka":{"on":true}}""");

        var (exitCode, _, error) = await ServerProcess.RunAsync(["checkconfig", "--config", file]);
        Assert.Equal(2, exitCode);
        Assert.Equal(
            [
                "client.ping_intervall: unknown option; did you mean client.ping_interval?",
                "client.pong_timeout: a duration such as \"300s\", from 1ms to 720h, is expected, not 8.",
                "channel.namespaces[0].name: two or more of a-z, A-Z, 0-9, - and _ are expected.",
                "channel.namespaces[1].histroy_size: unknown option; did you mean channel.namespaces[1].history_size?",
                "kafka: unknown option.",
            ],
            error.Trim().Split(Environment.NewLine));
    }

    [Fact]
    public async Task Checkconfig_reports_that_a_valid_file_is_valid()
    {
        var (exitCode, output, _) = await ServerProcess.RunAsync(["checkconfig", "--config", ServerProcess.TemporaryFile("""{"http_server":{"port":9000}}""")]);

        Assert.Equal(0, exitCode);
        Assert.Contains("is valid", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("checkconfig")]
    [InlineData("serve")]
    public async Task Options_that_are_wrong_together_stop_the_start_with_exit_code_2(string command)
    {
        var file = ServerProcess.TemporaryFile("""{"http_server":{"port":0},"channel":{"namespaces":[{"name":"board","subscription_type":"map"}]}}""");

        var (exitCode, _, error) = await ServerProcess.RunAsync([command, "--config", file]);
        Assert.Equal(2, exitCode);
        Assert.StartsWith("channel.namespaces, \"board\": map.key_ttl is missing", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Variables_that_nobody_knows_are_warnings_and_those_of_Kubernetes_and_Docker_are_none()
    {
        var (exitCode, _, error) = await ServerProcess.RunAsync(
            ["checkconfig", "--config", ServerProcess.TemporaryFile("{}")],
            ("DUPLEX_CLIENT_PING_INTERVALL", "1s"),
            ("DUPLEX_VERSION", "1.2.3"),
            ("CENTRIFUGO_CLIENT_INSECURE", "true"),
            ("CENTRIFUGO_HTTP_API_KEY", "k"),
            ("DUPLEX_SERVICE_HOST", "10.0.0.7"),
            ("DUPLEX_SERVICE_PORT", "8000"),
            ("DUPLEX_SERVICE_PORT_HTTP", "8000"),
            ("DUPLEX_PORT", "tcp://10.0.0.7:8000"),
            ("DUPLEX_PORT_8000_TCP", "tcp://10.0.0.7:8000"),
            ("DUPLEX_PORT_8000_TCP_PROTO", "tcp"),
            ("DUPLEX_PORT_8000_TCP_ADDR", "10.0.0.7"),
            ("DUPLEX_HTTP_SERVER_PORT", "tcp://10.0.0.8:80"),
            ("DUPLEX_NAME", "/web/duplex"),
            ("DUPLEX_ENV_PATH", "/bin"));

        Assert.Equal(0, exitCode);
        Assert.Equal(
            [
                "warning: variables that begin with CENTRIFUGO_ are not read; this server's begin with DUPLEX_: CENTRIFUGO_CLIENT_INSECURE, CENTRIFUGO_HTTP_API_KEY.",
                "warning: DUPLEX_CLIENT_PING_INTERVALL: unknown option; did you mean DUPLEX_CLIENT_PING_INTERVAL?",
                "warning: DUPLEX_VERSION: unknown option.",
            ],
            error.Trim().Split(Environment.NewLine));
    }

    [Fact]
    public async Task Gentoken_makes_a_subscription_token_for_a_channel()
    {
        var (exitCode, output, _) = await ServerProcess.RunAsync(
            ["gentoken", "--user", "42", "--channel", "$vip", "--ttl", "60"], ("DUPLEX_CLIENT_TOKEN_HMAC_SECRET_KEY", "secret"));

        Assert.Equal(0, exitCode);
        var claims = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(output.Split('.')[1]));
        Assert.Contains("\"sub\":\"42\"", claims, StringComparison.Ordinal);
        Assert.Contains("\"channel\":\"$vip\"", claims, StringComparison.Ordinal);
    }
}
