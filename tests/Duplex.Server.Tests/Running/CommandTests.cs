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
            """{"client":{"ping_intervall":"1s","pong_timeout":8},"channel":{"namespaces":[{"name":"a"},{"name":"ok","histroy_size":1}]},"kafka":{}}""");

        var (exitCode, _, error) = await ServerProcess.RunAsync(["checkconfig", "--config", file]);
        Assert.Equal(2, exitCode);
        Assert.Equal(
            [
                "client.ping_intervall: unknown option; did you mean client.ping_interval?",
                "client.pong_timeout: a duration such as \"300s\" is expected, not 8.",
                "channel.namespaces[0].name: two or more of a-z, A-Z, 0-9, - and _ are expected.",
                "channel.namespaces[1].histroy_size: unknown option; did you mean channel.namespaces[1].history_size?",
                "kafka: unknown option.",
            ],
            error.Trim().Split(Environment.NewLine));
    }

    [Fact]
    public async Task Checkconfig_says_that_a_right_file_is_right()
    {
        var (exitCode, output, _) = await ServerProcess.RunAsync(["checkconfig", "--config", ServerProcess.TemporaryFile("""{"http_server":{"port":9000}}""")]);

        Assert.Equal(0, exitCode);
        Assert.Contains("is right", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("checkconfig")]
    [InlineData("serve")]
    public async Task Options_that_are_wrong_together_stop_the_start_with_exit_code_2(string command)
    {
        var file = ServerProcess.TemporaryFile("""{"http_server":{"port":0},"channel":{"namespaces":[{"name":"board","subscription_type":"map"}]}}""");

        var (exitCode, _, error) = await ServerProcess.RunAsync([command, "--config", file]);
        Assert.Equal(2, exitCode);
        Assert.StartsWith("channel: Namespace 'board'", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_variable_of_ours_is_reported()
    {
        var (exitCode, _, error) = await ServerProcess.RunAsync(["serve", "--port", "0"], ("DUPLEX_CLIENT_PING_INTERVALL", "1s"));

        Assert.Equal(2, exitCode);
        Assert.Contains("DUPLEX_CLIENT_PING_INTERVALL: unknown option; did you mean DUPLEX_CLIENT_PING_INTERVAL?", error, StringComparison.Ordinal);
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
