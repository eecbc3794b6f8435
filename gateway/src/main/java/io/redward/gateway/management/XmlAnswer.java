package io.redward.gateway.management;

import io.redward.gateway.aws.ApiException;
import io.redward.gateway.http.HttpAnswer;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Builds the answer of an operation of the Query protocol.
final class XmlAnswer {
  private static final String NAMESPACE = "http://redshift.amazonaws.com/doc/2012-12-01/";

  private final String id = UUID.randomUUID().toString();
  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter xml;

  XmlAnswer(String operation) {
    this(operation + "Response", operation + "Result");
  }

  private XmlAnswer(String root, String inner) {
    try {
      xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      xml.writeStartElement(root);
      xml.writeDefaultNamespace(NAMESPACE);
      xml.writeStartElement(inner);
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  XmlAnswer open(String element) {
    try {
      xml.writeStartElement(element);
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  XmlAnswer text(String element, String value) {
    try {
      xml.writeStartElement(element);
      xml.writeCharacters(value);
      xml.writeEndElement();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  XmlAnswer close() {
    try {
      xml.writeEndElement();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  HttpAnswer answer() {
    close();
    open("ResponseMetadata").text("RequestId", id).close();
    return ended(200);
  }

  private HttpAnswer ended(int status) {
    try {
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return new HttpAnswer(
        status,
        "text/xml",
        Map.of("x-amzn-RequestId", id),
        text.toString().getBytes(StandardCharsets.UTF_8));
  }

  static HttpAnswer error(ApiException e) {
    XmlAnswer answer = new XmlAnswer("ErrorResponse", "Error");
    answer.text("Type", e.status() < 500 ? "Sender" : "Receiver");
    answer.text("Code", e.type());
    answer.text("Message", e.text());
    answer.close();
    answer.text("RequestId", answer.id);
    return answer.ended(e.status());
  }
}
