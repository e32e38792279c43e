// The page of /docs: the OpenAPI document that this server serves, shown by Swagger UI from local files.
import SwaggerUI from 'swagger-ui-dist/swagger-ui-es-bundle.js';
import './docs.css';

SwaggerUI({
  url: '/openapi.yaml',
  domNode: document.getElementById('calls'),
  presets: [SwaggerUI.presets.apis],
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: -1,
  defaultModelExpandDepth: 3,
  displayRequestDuration: true,
  filter: true,
  tryItOutEnabled: true,
  // Nothing is asked of any other server: not whether the document is valid, and no key is kept beyond the tab.
  validatorUrl: null,
  persistAuthorization: false,
});
