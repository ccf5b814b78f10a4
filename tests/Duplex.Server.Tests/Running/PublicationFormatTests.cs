using System.Text;

namespace Duplex.Server.Tests.Running;

/// <summary>What may be published, as the file says it for all channels and for a namespace.</summary>
public sealed class PublicationFormatTests
{
    private const string Empty = "";
    private const string Text = "Iml0Ig==";
    private const string Object = "eyJhIjoxfQ==";
    private const string Broken = "eyJhIjox";
    private const string Bytes = "/wA=";

    [Theory]
    [InlineData("any:a", false, true, true, true, true)]
    [InlineData("json:a", false, true, true, false, false)]
    [InlineData("objects:a", false, false, true, false, false)]
    [InlineData("binary:a", true, true, true, true, true)]
    public async Task Data_is_published_when_it_has_the_format(string channel, bool empty, bool text, bool json, bool broken, bool bytes)
    {
        await using var server = await ServerProcess.ServeAsync("""
            {
              "http_api": {"insecure": true},
              "channel": {"namespaces": [
                {"name": "any", "publication_data_format": "any"},
                {"name": "json", "publication_data_format": "json"},
                {"name": "objects", "publication_data_format": "json_object"},
                {"name": "binary", "publication_data_format": "binary"}
              ]}
            }
            """);

        (string Data, bool IsTaken)[] expected = [(Empty, empty), (Text, text), (Object, json), (Broken, broken), (Bytes, bytes)];
        foreach (var (data, isTaken) in expected)
        {
            Assert.StartsWith(isTaken ? "{\"result\":" : "{\"error\":{\"code\":107,", await PublishAsync(server, channel, data), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_client_is_held_to_the_format_of_all_channels()
    {
        await using var server = await ServerProcess.ServeAsync(
            """{"client":{"insecure":true},"channel":{"publication_data_format":"json_object","namespaces":[{"name":"free","publication_data_format":"json"}]}}""");
        using var client = await JsonClient.OpenAsync(server);
        await client.AskAsync("""{"id":1,"connect":{}}""");

        Assert.Contains("\"code\":107", await client.AskAsync("""{"id":2,"publish":{"channel":"a","data":7}}"""), StringComparison.Ordinal);
        Assert.Equal("""{"id":3,"publish":{}}""", await client.AskAsync("""{"id":3,"publish":{"channel":"a","data":{"n":7}}}"""));
        Assert.Equal("""{"id":4,"publish":{}}""", await client.AskAsync("""{"id":4,"publish":{"channel":"free:a","data":7}}"""));
    }

    private static async Task<string> PublishAsync(ServerProcess server, string channel, string data)
    {
        using var http = new HttpClient { BaseAddress = server.Http };
        using var body = new StringContent($$"""{"channel":"{{channel}}","b64data":"{{data}}"}""", Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri("/api/publish", UriKind.Relative), body, server.Token);
        return await response.Content.ReadAsStringAsync(server.Token);
    }
}
