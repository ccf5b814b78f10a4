using System.Text;
using Duplex.Protocol.Extensions;

namespace Duplex.Protocol.Tests.Extensions;

/// <summary>RFC 6455 section 9.1.</summary>
public sealed class ExtensionListReaderTests
{
    [Theory]
    [InlineData("foo", "foo")]
    [InlineData("foo, bar; baz=2", "foo|bar;baz=2")]
    [InlineData("deflate-stream", "deflate-stream")]
    [InlineData("mux; max-channels=4; flow-control, deflate-stream", "mux;max-channels=4;flow-control|deflate-stream")]
    [InlineData("private-extension", "private-extension")]
    [InlineData("foo; a=\"10\"; b", "foo;a=10;b")]
    [InlineData(" \tfoo ;\ta = 1 ,, bar ", "foo;a=1|bar")]
    [InlineData(",foo,", "foo")]
    [InlineData("foo;a=\"1\\0\"", "foo;a=1\\0")]
    [InlineData("constructor; __proto__=toString, hasOwnProperty", "constructor;__proto__=toString|hasOwnProperty")]
    public void Reader_reads_every_extension_and_parameter_in_order(string field, string expected) =>
        Assert.Equal(expected, Read(field));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(",")]
    [InlineData(" ,\t, ")]
    public void Reader_takes_a_list_of_empty_elements_as_no_extension(string field) => Assert.Equal("", Read(field));

    [Theory]
    [InlineData(";foo")]
    [InlineData("foo;")]
    [InlineData("foo;;a")]
    [InlineData("foo;=1")]
    [InlineData("foo;a=")]
    [InlineData("foo;a=\"\"")]
    [InlineData("foo;a=\"1")]
    [InlineData("foo;a=\"1\\")]
    [InlineData("foo;a=\"1 0\"")]
    [InlineData("foo;a=\"1,0\"")]
    [InlineData("foo;a=\"1\"0")]
    [InlineData("foo bar")]
    [InlineData("foo;a b")]
    [InlineData("foo=1")]
    [InlineData("foo;a=1=2")]
    [InlineData("foo\0")]
    [InlineData("foo;a=\u00e9")]
    [InlineData("\"foo\"")]
    [InlineData("foo, @")]
    public void Reader_reports_what_breaks_the_grammar(string field) => Assert.Equal("malformed", Read(field));

    [Fact]
    public void Reader_skips_the_parameters_that_its_caller_does_not_read()
    {
        var reader = new ExtensionListReader("a;x=1;y,b;z"u8);
        Assert.True(reader.TryReadExtension(out _));
        Assert.True(reader.TryReadExtension(out var name));
        Assert.True(name.SequenceEqual("b"u8));
        Assert.False(reader.TryReadExtension(out _));
        Assert.False(reader.IsMalformed);
    }

    private static string Read(string field)
    {
        var text = new StringBuilder();
        var reader = new ExtensionListReader(Encoding.Latin1.GetBytes(field));
        while (reader.TryReadExtension(out var name))
        {
            if (text.Length > 0) text.Append('|');
            text.Append(Encoding.Latin1.GetString(name));
            while (reader.TryReadParameter(out var parameter))
            {
                text.Append(';').Append(Encoding.Latin1.GetString(parameter.Name));
                if (parameter.HasValue) text.Append('=').Append(Encoding.Latin1.GetString(parameter.Value));
            }
        }

        return reader.IsMalformed ? "malformed" : text.ToString();
    }
}
