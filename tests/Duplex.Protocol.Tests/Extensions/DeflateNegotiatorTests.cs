using System.Text;
using CsCheck;
using Duplex.Protocol.Extensions;

namespace Duplex.Protocol.Tests.Extensions;

/// <summary>RFC 7692 sections 5 and 7.1, the server's half.</summary>
public sealed class DeflateNegotiatorTests
{
    private static readonly DeflateOptions Generous = new() { ServerContextTakeover = true, ClientContextTakeover = true };

    [Theory]
    [InlineData("permessage-deflate", "permessage-deflate")]
    [InlineData("permessage-deflate; client_max_window_bits", "permessage-deflate")]
    [InlineData("permessage-deflate; client_max_window_bits=10", "permessage-deflate; client_max_window_bits=10")]
    [InlineData("permessage-deflate; client_max_window_bits=\"10\"", "permessage-deflate; client_max_window_bits=10")]
    [InlineData("permessage-deflate; server_max_window_bits=10", "permessage-deflate; server_max_window_bits=10")]
    [InlineData("permessage-deflate; server_max_window_bits=15", "permessage-deflate; server_max_window_bits=15")]
    [InlineData("permessage-deflate; server_max_window_bits=8", "permessage-deflate; server_max_window_bits=8")]
    [InlineData("permessage-deflate; server_no_context_takeover", "permessage-deflate; server_no_context_takeover")]
    [InlineData("permessage-deflate; client_no_context_takeover", "permessage-deflate; client_no_context_takeover")]
    [InlineData("foo; bar, permessage-deflate", "permessage-deflate")]
    [InlineData("constructor, permessage-deflate", "permessage-deflate")]
    [InlineData("permessage-deflate; server_max_window_bits=7, permessage-deflate", "permessage-deflate")]
    [InlineData("permessage-deflate; server_max_window_bits=9, permessage-deflate", "permessage-deflate; server_max_window_bits=9")]
    public void Server_accepts_the_first_offer_it_can_honour(string field, string response) =>
        Assert.Equal((ExtensionFault.None, response), Negotiate(Generous, field));

    [Theory]
    [InlineData("constructor")]
    [InlineData("Permessage-Deflate")]
    [InlineData("x-webkit-deflate-frame")]
    [InlineData("permessage-deflate; unknown")]
    [InlineData("permessage-deflate; constructor=1")]
    [InlineData("permessage-deflate; server_no_context_takeover=1")]
    [InlineData("permessage-deflate; server_no_context_takeover; server_no_context_takeover")]
    [InlineData("permessage-deflate; client_no_context_takeover; client_no_context_takeover")]
    [InlineData("permessage-deflate; server_max_window_bits")]
    [InlineData("permessage-deflate; server_max_window_bits=10; server_max_window_bits=10")]
    [InlineData("permessage-deflate; client_max_window_bits; client_max_window_bits")]
    [InlineData("permessage-deflate; client_max_window_bits; client_max_window_bits=10")]
    [InlineData("permessage-deflate; Client_Max_Window_Bits")]
    public void Server_declines_an_offer_with_parameters_it_cannot_honour(string field) =>
        Assert.Equal((ExtensionFault.None, null), Negotiate(Generous, field));

    // CVE-2026-2229: window bits that are out of range crashed a peer; here they decline the offer.
    [Theory]
    [InlineData("0")]
    [InlineData("7")]
    [InlineData("16")]
    [InlineData("-1")]
    [InlineData("+9")]
    [InlineData("08")]
    [InlineData("010")]
    [InlineData("1")]
    [InlineData("99999999999999999999")]
    [InlineData("9.0")]
    [InlineData("0x9")]
    [InlineData("\"16\"")]
    [InlineData("\"\\16\"")]
    [InlineData("abc")]
    public void Server_declines_window_bits_out_of_range_CVE_2026_2229(string bits)
    {
        Assert.Equal((ExtensionFault.None, null), Negotiate(Generous, $"permessage-deflate; server_max_window_bits={bits}"));
        Assert.Equal((ExtensionFault.None, null), Negotiate(Generous, $"permessage-deflate; client_max_window_bits={bits}"));
    }

    [Theory]
    [InlineData("permessage-deflate; server_max_window_bits=")]
    [InlineData("permessage-deflate; server_max_window_bits=\"\"")]
    [InlineData("permessage-deflate; server_max_window_bits=\"")]
    [InlineData("permessage-deflate;")]
    [InlineData("permessage-deflate foo")]
    public void Server_refuses_a_handshake_whose_field_is_malformed(string field) =>
        Assert.Equal(ExtensionFault.Malformed, Negotiate(Generous, field).Fault);

    [Fact]
    public void Server_without_compression_declines_but_still_checks_the_grammar()
    {
        Assert.Equal((ExtensionFault.None, null), Negotiate(null, "permessage-deflate"));
        Assert.Equal(ExtensionFault.Malformed, Negotiate(null, "permessage-deflate;").Fault);
    }

    [Fact]
    public void Server_considers_every_field_of_a_request_in_order() =>
        Assert.Equal((ExtensionFault.None, "permessage-deflate; server_max_window_bits=9"),
            Negotiate(Generous, "foo", "permessage-deflate; server_max_window_bits=9", "permessage-deflate"));

    [Fact]
    public void Server_tells_a_client_that_it_keeps_no_window_by_default() =>
        Assert.Equal("permessage-deflate; server_no_context_takeover; client_no_context_takeover",
            Negotiate(new DeflateOptions(), "permessage-deflate; client_max_window_bits").Response);

    [Fact]
    public void Server_declines_a_client_that_cannot_limit_its_window_when_it_must() =>
        Assert.Null(Negotiate(Generous with { ClientMaxWindowBits = 14 }, "permessage-deflate").Response);

    [Fact]
    public void Server_limits_the_window_of_a_client_that_can() =>
        Assert.Equal("permessage-deflate; client_max_window_bits=9",
            Negotiate(Generous with { ClientMaxWindowBits = 9 }, "permessage-deflate; client_max_window_bits").Response);

    [Theory]
    [InlineData(7)]
    [InlineData(16)]
    public void Options_refuse_window_bits_out_of_range(int bits)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeflateOptions { ServerMaxWindowBits = bits });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeflateOptions { ClientMaxWindowBits = bits });
    }

    // ws 3.3.1 and CVE-2021-32640: odd names and long fields. A thousand offers of which the last one is good.
    [Fact]
    public void Server_finds_the_good_offer_after_very_many_bad_ones()
    {
        var field = string.Concat(Enumerable.Repeat("permessage-deflate; server_max_window_bits=99, constructor; a=\"b\", ", 10_000));
        Assert.Equal("permessage-deflate", Negotiate(Generous, field + "permessage-deflate").Response);
    }

    [Fact]
    public void What_the_server_answers_is_what_a_client_of_any_options_accepts() =>
        Gen.Select(OptionsGen, OptionsGen).Sample((client, server) =>
        {
            var negotiator = new DeflateNegotiator(server);
            Assert.Equal(ExtensionFault.None, negotiator.Read(Encoding.ASCII.GetBytes(DeflateOffer.Create(client))));
            Assert.NotNull(negotiator.Response);
            DeflateAgreement? agreement = null;
            Assert.Equal(ExtensionFault.None,
                DeflateOffer.ReadResponse(Encoding.ASCII.GetBytes(negotiator.Response!), client, ref agreement));
            Assert.Equal(negotiator.Agreement, agreement);
        });

    [Fact]
    public void No_bytes_make_the_negotiation_throw() =>
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            new DeflateNegotiator(Generous).Read(bytes);
            DeflateAgreement? agreement = null;
            DeflateOffer.ReadResponse(bytes, Generous, ref agreement);
        });

    internal static readonly Gen<DeflateOptions> OptionsGen = Gen.Select(Gen.Bool, Gen.Bool, Gen.Int[8, 15], Gen.Int[8, 15])
        .Select((server, client, serverBits, clientBits) => new DeflateOptions
        {
            ServerContextTakeover = server,
            ClientContextTakeover = client,
            ServerMaxWindowBits = serverBits,
            ClientMaxWindowBits = clientBits,
        });

    private static (ExtensionFault Fault, string? Response) Negotiate(DeflateOptions? options, params string[] fields)
    {
        var negotiator = new DeflateNegotiator(options);
        foreach (var field in fields)
        {
            var fault = negotiator.Read(Encoding.Latin1.GetBytes(field));
            if (fault != ExtensionFault.None) return (fault, null);
        }

        return (ExtensionFault.None, negotiator.Response);
    }
}
