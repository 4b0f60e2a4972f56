using System.Text;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Tests.Protocols.RestXml;

public sealed class Route53Tests
{
    [Theory]
    [InlineData("Route 53", "/hostedzone/Z1D633", "/2013-04-01/zone/Z1D633")]
    [InlineData("Route 53", "Z1D633", "/2013-04-01/zone/Z1D633")]
    [InlineData("Route 53", "/change/C2682N5HXP0BZ4", "/2013-04-01/zone/C2682N5HXP0BZ4")]
    [InlineData("Route 53", "/elsewhere/Z1", "/2013-04-01/zone/%2Felsewhere%2FZ1")]
    [InlineData("Another", "/hostedzone/Z1D633", "/2013-04-01/zone/%2Fhostedzone%2FZ1D633")]
    public void An_id_goes_into_the_path_without_the_path_that_it_came_with(string service, string id, string path)
    {
        var model = ServiceModel.Read(Encoding.UTF8.GetBytes($$"""
            {
              "metadata": { "apiVersion": "2013-04-01", "endpointPrefix": "route53", "protocol": "rest-xml", "serviceId": "{{service}}" },
              "operations": { "GetZone": { "name": "GetZone", "http": { "method": "GET", "requestUri": "/2013-04-01/zone/{Id}" }, "input": { "shape": "In" } } },
              "shapes": { "In": { "type": "structure", "required": ["Id"], "members": { "Id": { "shape": "Text", "location": "uri", "locationName": "Id" } } }, "Text": { "type": "string" } }
            }
            """));
        var request = new WireRequest();

        WireProtocols.For(model.Protocol).WriteRequest(model.Operation("GetZone"), new AwsInput(Encoding.UTF8.GetBytes($$"""{"Id":"{{id}}"}""")), request);

        request.Path.ShouldBe(path);
    }
}
