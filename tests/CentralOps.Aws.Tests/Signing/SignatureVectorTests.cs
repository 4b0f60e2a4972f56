using System.Text;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Tests.Signing;

public sealed class SignatureVectorTests
{
    public static TheoryData<string> Cases => new(SignatureVectors.Names.DefaultIfEmpty("none"));

    [VectorTheory]
    [MemberData(nameof(Cases))]
    public void A_request_signed_in_headers_is_the_vectors(string name)
    {
        var vector = SignatureVectors.Read(name);
        var request = vector.Request("request.txt");

        SignatureV4.Sign(request, vector.Credentials, vector.Scope, vector.Now);

        Canonical(request, vector).ShouldBe(vector.Text("header-canonical-request.txt"));
        StringToSign(request, vector).ShouldBe(vector.Text("header-string-to-sign.txt"));
        request.Headers.Find("Authorization").ShouldEndWith("Signature=" + vector.Text("header-signature.txt"));
        SameHeaderCase(SignatureVector.Print(request)).ShouldBe(SameHeaderCase(vector.Text("header-signed-request.txt")));
    }

    [VectorTheory]
    [MemberData(nameof(Cases))]
    public void A_presigned_request_is_the_vectors(string name)
    {
        var vector = SignatureVectors.Read(name);
        var request = vector.Request("request.txt");

        SignatureV4.Presign(request, vector.Credentials, vector.Scope, vector.Now, vector.Lifetime);

        Canonical(request, vector).ShouldBe(vector.Text("query-canonical-request.txt"));
        StringToSign(request, vector).ShouldBe(vector.Text("query-string-to-sign.txt"));
        request.Query.ShouldEndWith("X-Amz-Signature=" + vector.Text("query-signature.txt"));
        SignatureVector.Print(request).ShouldBe(vector.Text("query-signed-request.txt"));
    }

    [VectorTheory]
    [MemberData(nameof(Cases))]
    public void The_vectors_signed_requests_verify(string name)
    {
        var vector = SignatureVectors.Read(name);
        foreach (var file in (string[])["header-signed-request.txt", "query-signed-request.txt"])
        {
            var verdict = SignatureV4.Verify(vector.Request(file), Keys(vector), vector.Now, Rules(vector));

            verdict.Problem.ShouldBe(SignatureProblem.None, $"{file}: {verdict.Message}");
            verdict.Key!.Id.ShouldBe("AKIDEXAMPLE");
            (verdict.Region, verdict.Service).ShouldBe(("us-east-1", "service"));
        }
    }

    [VectorTheory]
    [MemberData(nameof(Cases))]
    public void The_vectors_signed_requests_do_not_verify_with_another_secret(string name)
    {
        var vector = SignatureVectors.Read(name);
        var keys = new OneKey(Keys(vector).Key with { Secret = vector.Credentials.SecretAccessKey + "x" });
        foreach (var file in (string[])["header-signed-request.txt", "query-signed-request.txt"])
        {
            SignatureV4.Verify(vector.Request(file), keys, vector.Now, Rules(vector)).Problem.ShouldBe(SignatureProblem.Mismatch);
        }
    }

    [VectorTheory]
    [MemberData(nameof(Cases))]
    public void All_38_vectors_are_there(string name)
    {
        SignatureVectors.Names.ShouldContain(name);
        SignatureVectors.Names.Count().ShouldBe(38);
    }

    private static OneKey Keys(SignatureVector vector) =>
        new(new AccessKey(vector.Credentials.AccessKeyId, vector.Credentials.SecretAccessKey, "arn:aws:iam::111111111111:user/vector")
        {
            SessionToken = vector.Credentials.SessionToken,
        });

    private static SignatureRules Rules(SignatureVector vector) =>
        new() { Services = ["service"], Region = "us-east-1", NormalizePath = vector.Scope.NormalizePath };

    private static string Canonical(WireRequest request, SignatureVector vector)
    {
        var into = new PooledBytes(stackalloc byte[16]);
        Form(request, vector).TryWrite(ref into).ShouldBeTrue();
        return Encoding.UTF8.GetString(into.Written);
    }

    private static string StringToSign(WireRequest request, SignatureVector vector)
    {
        var into = new PooledBytes(stackalloc byte[16]);
        Form(request, vector).TryWriteStringToSign(ref into, AmzDate.Format(vector.Now), vector.Scope.Region, vector.Scope.Service).ShouldBeTrue();
        return Encoding.UTF8.GetString(into.Written);
    }

    private static CanonicalRequest Form(WireRequest request, SignatureVector vector)
    {
        PresentedSignature.TryRead(request, out var presented, out _).ShouldBeTrue();
        return SignatureV4.Canonical(request, presented!.SignedHeaders, vector.Scope, CanonicalRequest.HashOf(request.Body.Span));
    }

    // The vectors spell this one header in lower case; on the wire it is the same header.
    private static string SameHeaderCase(string text) => text.Replace("\nx-amz-content-sha256:", "\nX-Amz-Content-Sha256:", StringComparison.Ordinal);
}

/// <summary>A server's key store with one key.</summary>
internal sealed class OneKey(AccessKey key) : IAccessKeys
{
    public AccessKey Key => key;

    public bool TryFind(string accessKeyId, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out AccessKey? found)
    {
        found = string.Equals(accessKeyId, key.Id, StringComparison.Ordinal) ? key : null;
        return found is not null;
    }
}
