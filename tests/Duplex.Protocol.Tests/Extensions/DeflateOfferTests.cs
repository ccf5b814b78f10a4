using System.Text;
using Duplex.Protocol.Extensions;

namespace Duplex.Protocol.Tests.Extensions;

/// <summary>RFC 7692 sections 5 and 7.1, the client's half.</summary>
public sealed class DeflateOfferTests
{
    private static readonly DeflateOptions Generous = new() { ServerContextTakeover = true, ClientContextTakeover = true };

    [Fact]
    public void Client_offers_what_its_options_ask_for()
    {
        Assert.Equal("permessage-deflate; client_max_window_bits", DeflateOffer.Create(Generous));
        Assert.Equal(
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=9; client_max_window_bits=10",
            DeflateOffer.Create(new DeflateOptions { ServerMaxWindowBits = 9, ClientMaxWindowBits = 10 }));
    }

    [Fact]
    public void Client_takes_the_windows_and_takeovers_of_the_response()
    {
        var (fault, agreement) = Read("permessage-deflate; server_max_window_bits=10; client_max_window_bits=9; server_no_context_takeover", Generous);
        Assert.Equal(ExtensionFault.None, fault);
        Assert.Equal(new DeflateAgreement(true, false, 10, 9), agreement);
    }

    [Theory]
    [InlineData("foo", ExtensionFault.NotOffered)]
    [InlineData("permessage-deflate, foo", ExtensionFault.NotOffered)]
    [InlineData("permessage-deflate, permessage-deflate", ExtensionFault.Repeated)]
    [InlineData("permessage-deflate; unknown", ExtensionFault.InvalidParameter)]
    [InlineData("permessage-deflate; client_max_window_bits", ExtensionFault.InvalidParameter)]
    [InlineData("permessage-deflate; server_no_context_takeover=x", ExtensionFault.InvalidParameter)]
    [InlineData("permessage-deflate; server_max_window_bits=10; server_max_window_bits=10", ExtensionFault.InvalidParameter)]
    [InlineData("permessage-deflate;", ExtensionFault.Malformed)]
    [InlineData(";", ExtensionFault.Malformed)]
    public void Client_fails_the_connection_on_a_bad_response(string field, ExtensionFault fault) =>
        Assert.Equal(fault, Read(field, Generous).Fault);

    // CVE-2026-2229: an invalid server_max_window_bits in the response was an unhandled exception.
    [Theory]
    [InlineData("0")]
    [InlineData("7")]
    [InlineData("16")]
    [InlineData("-1")]
    [InlineData("08")]
    [InlineData("1e1")]
    [InlineData("99999999999999999999")]
    [InlineData("\"16\"")]
    public void Client_declares_a_fault_for_window_bits_out_of_range_CVE_2026_2229(string bits)
    {
        Assert.Equal(ExtensionFault.InvalidParameter, Read($"permessage-deflate; server_max_window_bits={bits}", Generous).Fault);
        Assert.Equal(ExtensionFault.InvalidParameter, Read($"permessage-deflate; client_max_window_bits={bits}", Generous).Fault);
    }

    [Theory]
    [InlineData("permessage-deflate")]
    [InlineData("permessage-deflate; server_no_context_takeover")]
    [InlineData("permessage-deflate; server_max_window_bits=9")]
    [InlineData("permessage-deflate; server_no_context_takeover; server_max_window_bits=11")]
    [InlineData("permessage-deflate; server_no_context_takeover; server_max_window_bits=10; client_max_window_bits=13")]
    public void Client_fails_the_connection_when_the_response_goes_beyond_the_offer(string field) =>
        Assert.Equal(ExtensionFault.OfferIgnored,
            Read(field, new DeflateOptions { ServerMaxWindowBits = 10, ClientMaxWindowBits = 12 }).Fault);

    [Fact]
    public void Client_that_offered_nothing_accepts_nothing() =>
        Assert.Equal(ExtensionFault.NotOffered, Read("permessage-deflate", null).Fault);

    [Fact]
    public void Client_refuses_the_extension_in_a_second_field()
    {
        DeflateAgreement? agreement = null;
        Assert.Equal(ExtensionFault.None, DeflateOffer.ReadResponse("permessage-deflate"u8, Generous, ref agreement));
        Assert.Equal(ExtensionFault.Repeated, DeflateOffer.ReadResponse("permessage-deflate"u8, Generous, ref agreement));
    }

    private static (ExtensionFault Fault, DeflateAgreement? Agreement) Read(string field, DeflateOptions? options)
    {
        DeflateAgreement? agreement = null;
        return (DeflateOffer.ReadResponse(Encoding.Latin1.GetBytes(field), options, ref agreement), agreement);
    }
}
