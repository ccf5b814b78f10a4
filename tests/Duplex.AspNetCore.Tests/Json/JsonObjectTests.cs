using System.Text.Json;
using Duplex.AspNetCore.Json;

namespace Duplex.AspNetCore.Tests.Json;

public sealed class JsonObjectTests
{
    [Theory]
    [InlineData("""{"a":1}""", nameof(JsonShape.Text), "at.a")]
    [InlineData("""{"a":"\ud83d"}""", nameof(JsonShape.WholeText), "at.a")]
    [InlineData("""{"\ud83d":"x"}""", nameof(JsonShape.WholeNames), "at")]
    public void Fault_of_a_text_names_its_place_and_what_is_expected(string json, string expected, string path)
    {
        var fault = Read(json).Text("a", out var text);

        Assert.Equal((expected, path), (fault?.Expected.ToString(), fault?.Path));
        Assert.Null(text);
    }

    [Theory]
    [InlineData("""{"a":"x"}""", nameof(JsonShape.TextList), "at.a")]
    [InlineData("""{"a":["x",null]}""", nameof(JsonShape.TextItem), "at.a[1]")]
    public void Fault_of_a_list_names_the_item(string json, string expected, string path)
    {
        var fault = Read(json).Texts("a", out _);

        Assert.Equal((expected, path, "a"), (fault?.Expected.ToString(), fault?.Path, fault?.Name));
    }

    [Fact]
    public void Fault_of_a_payload_names_its_base64_twin() =>
        Assert.Equal(("at.b64a", JsonShape.Base64), Read("""{"b64a":"*","a":1}""").Payload("a", out _) is { } fault ? (fault.Path, fault.Expected) : default);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"a":null,"b64a":null}""")]
    public void Null_counts_as_absent(string json)
    {
        var members = Read(json);

        Assert.Null(members.Text("a", out var text) ?? members.Flag("a", out _) ?? members.Object("a", out _) ?? members.Texts("a", out _) ?? members.Payload("a", out _));
        Assert.Null(text);
    }

    [Theory]
    [InlineData("""{"a":[]}""", true)]
    [InlineData("""{"a":{}}""", true)]
    [InlineData("""{"a":[1]}""", false)]
    public void Empty_list_is_an_empty_object(string json, bool isObject)
    {
        var fault = Read(json).Object("a", out var value);

        Assert.Equal(isObject, fault is null && value is not null);
    }

    private static JsonObject Read(string json) => new(JsonElement.Parse(json), "at");
}
